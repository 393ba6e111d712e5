CREATE TABLE `void_code` (
	`lookup` text PRIMARY KEY NOT NULL
);
