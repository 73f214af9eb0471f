-- The platform's accounts and places, written out from its contract: with more columns than are
-- used, in another order.
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
INSERT INTO alembic_version VALUES ('c0ffee000001');

CREATE TABLE users (
  created_at DATETIME NOT NULL,
  phone VARCHAR(20) NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id VARCHAR(50) NOT NULL UNIQUE,
  email VARCHAR(255) NOT NULL UNIQUE,
  first_name VARCHAR(100),
  last_name VARCHAR(100),
  role VARCHAR(32) NOT NULL,
  status ENUM('active','suspended','deleted') NOT NULL DEFAULT 'active'
);
INSERT INTO users VALUES
  ('2024-01-01', '', 1, 'USR-100', 'ada.admin@artitec.example', 'Ada', 'Admin', 'admin', 'active'),
  ('2024-01-01', '', 2, 'USR-123', 'Dana.Reyes@artitec.example', 'Dana', 'Reyes', 'community_admin', 'active'),
  ('2024-01-01', '', 3, 'USR-124', 'priya@artitec.example', 'Priya', NULL, 'builder', 'active'),
  ('2024-01-01', '', 4, 'USR-125', 'marcus@artitec.example', NULL, 'Lee', 'salesrep', 'suspended'),
  ('2024-01-01', '', 5, 'USR-126', 'gone@artitec.example', 'Gone', 'Away', 'buyer', 'deleted'),
  ('2024-01-01', '', 6, 'USR-127', 'zoe@artitec.example', 'Zoë 🏡', 'Núñez', 'something_new', 'active');

CREATE TABLE user_credentials (
  user_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  password_hash VARCHAR(255) NOT NULL,
  password_algo ENUM('bcrypt') NOT NULL DEFAULT 'bcrypt',
  FOREIGN KEY (user_id) REFERENCES users (id)
);
-- “correct horse”; once as PHP spells it. The last is damaged.
INSERT INTO user_credentials (user_id, password_hash) VALUES
  (1, '$2b$04$.b6/gDnKumUoGfhMFU8W4uCNU0KSJ.A.6nRBs1ARvtcK5A9mQd0G.'),
  (2, '$2y$04$.b6/gDnKumUoGfhMFU8W4uCNU0KSJ.A.6nRBs1ARvtcK5A9mQd0G.'),
  (3, '$2b$04$.b6/gDnKumUoGfhMFU8W4uCNU0KSJ.A.6nRBs1ARvtcK5A9mQd0G.'),
  (4, '$2b$04$.b6/gDnKumUoGfhMFU8W4uCNU0KSJ.A.6nRBs1ARvtcK5A9mQd0G.'),
  (6, '$2b$04$abcdefghijklmnopqrstuv');

CREATE TABLE communities (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  public_blurb LONGTEXT NOT NULL,
  place POINT,
  community_id VARCHAR(64) NOT NULL UNIQUE,
  user_id VARCHAR(50),
  state VARCHAR(50),
  city VARCHAR(100),
  name VARCHAR(255) NOT NULL,
  FOREIGN KEY (user_id) REFERENCES users (user_id)
);
INSERT INTO communities VALUES
  (1, '', POINT(1, 2), 'CMY-456', 'USR-100', 'AZ', 'Scottsdale', 'Willow Creek'),
  (2, '', NULL, 'CMY-457', NULL, NULL, NULL, 'Cedar Bend');

CREATE TABLE community_admin_links (
  community_id BIGINT UNSIGNED NOT NULL,
  user_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (community_id, user_id)
);
INSERT INTO community_admin_links VALUES (1, 2);

CREATE TABLE community_admin_profiles (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id VARCHAR(50) NOT NULL,
  community_id BIGINT UNSIGNED,
  can_moderate_threads BOOL
);
INSERT INTO community_admin_profiles VALUES (1, 'USR-123', 1, 1), (2, 'USR-127', 1, NULL);

CREATE TABLE community_amenities (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(255) NOT NULL,
  community_id VARCHAR(50) NOT NULL
);
INSERT INTO community_amenities VALUES (1, 'Community pool', 'CMY-456'), (2, 'Gym', 'CMY-456');

CREATE TABLE builder_profiles (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  builder_id VARCHAR(50) NOT NULL UNIQUE,
  user_id VARCHAR(50) NOT NULL,
  name VARCHAR(255) NOT NULL,
  city VARCHAR(100),
  state VARCHAR(50)
);
INSERT INTO builder_profiles VALUES (1, 'BLD-012', 'USR-124', 'Copperline Homes', 'Mesa', 'AZ');

CREATE TABLE sales_reps (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  sales_rep_id VARCHAR(50) NOT NULL UNIQUE,
  user_id VARCHAR(50),
  builder_id BIGINT UNSIGNED NOT NULL,
  community_id BIGINT UNSIGNED,
  first_name VARCHAR(100),
  last_name VARCHAR(100),
  title VARCHAR(100)
);
INSERT INTO sales_reps VALUES (1, 'SLS-201', 'USR-125', 1, NULL, 'Marcus', 'Lee', NULL),
  (2, 'SLS-202', NULL, 1, 1, NULL, NULL, '');

CREATE TABLE properties (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  owner_id BIGINT UNSIGNED,
  price DECIMAL(12,2) NOT NULL,
  title VARCHAR(255) NOT NULL,
  address1 VARCHAR(255) NOT NULL,
  city VARCHAR(100) NOT NULL,
  state VARCHAR(50) NOT NULL,
  builder_id BIGINT UNSIGNED,
  community_id BIGINT UNSIGNED
);
INSERT INTO properties VALUES
  (789, 2, 1.00, '', '8214 E Juniper Ct', 'Scottsdale', 'AZ', 1, 1),
  (790, NULL, 1.00, '', '', '', '', NULL, NULL);
