-- After an enhancement of long ago: columns at the end, ENUMs in capitals and exact in their case,
-- a column of the deployment's own that must be given a value, and posts with numbered authors.
CREATE TABLE posts (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id BIGINT UNSIGNED NOT NULL,
  content TEXT NOT NULL
);
INSERT INTO posts VALUES (1, 3, 'Framing is up on lot 14');

CREATE TABLE media (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  public_id VARCHAR(30) NOT NULL,
  filename VARCHAR(255) NOT NULL,
  original_filename VARCHAR(255) NOT NULL,
  media_type ENUM('image','video') NOT NULL,
  content_type VARCHAR(100) NOT NULL,
  file_size BIGINT NOT NULL,
  width INT NOT NULL,
  height INT NOT NULL,
  duration INT,
  storage_path TEXT NOT NULL,
  original_url TEXT NOT NULL,
  thumbnail_url TEXT,
  medium_url TEXT,
  large_url TEXT,
  video_processed_url TEXT,
  entity_type VARCHAR(50) NOT NULL,
  entity_id INT NOT NULL,
  entity_field VARCHAR(50) NOT NULL,
  alt_text VARCHAR(500) NOT NULL,
  caption TEXT,
  sort_order INT NOT NULL,
  uploaded_by VARCHAR(30) NOT NULL,
  is_public BOOL NOT NULL,
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at DATETIME NOT NULL,
  view_count INT NOT NULL,
  seen_by VARCHAR(40) NOT NULL,
  image_hash VARCHAR(64) NOT NULL,
  storage_type ENUM('LOCAL','S3') CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  bucket_name VARCHAR(100),
  is_primary BOOL NOT NULL,
  source_url TEXT,
  tags JSON NOT NULL,
  metadata JSON,
  is_approved BOOL NOT NULL,
  moderation_status ENUM('PENDING','APPROVED','REJECTED','FLAGGED')
    CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  UNIQUE KEY public_id (public_id),
  KEY ix_entity (entity_type, entity_id),
  KEY ix_uploaded_by (uploaded_by),
  KEY idx_media_created_at (file_size)
);
INSERT INTO media VALUES
  (1, 'MED-1700000000-AAAAAA', 'a.jpg', 'Pool.jpg', 'image', 'image/jpeg', 1000, 640, 480, NULL,
   'communities/photos/CMY-456/2024-05/a.jpg', 'communities/photos/CMY-456/2024-05/a.jpg', NULL,
   NULL, NULL, NULL, 'community', 1, 'gallery', '', NULL, 1, 'USR-123', 1, '2024-05-01 10:00:00',
   '2024-05-01 10:00:00', 7, 'Dana', '', 'S3', 'artitec', 1, NULL, '["K\\u00fcche", "a"]',
   '{"small_url": "s"}', 1, 'APPROVED'),
  (2, 'MED-1700000000-BBBBBB', 'b.jpg', 'b.jpg', 'image', 'image/jpeg', 1, 0, 0, NULL, 'b', 'b',
   NULL, NULL, NULL, NULL, 'post', 1, '', '', NULL, 0, 'USR-124', 1, '2024-05-01 10:00:00',
   '2024-05-01 10:00:00', 0, '', '0000000000000000', 'LOCAL', NULL, 0, NULL, '[]', '[1]', 0,
   'PENDING');
