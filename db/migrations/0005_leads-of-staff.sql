CREATE TABLE `backlog_import` (
	`id` text PRIMARY KEY NOT NULL,
	`body_code` text NOT NULL,
	`file_hash` text NOT NULL,
	`rows` integer NOT NULL,
	`person_id` text NOT NULL,
	`on_date` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `backlog_import_file_hash_unique` ON `backlog_import` (`file_hash`);--> statement-breakpoint
CREATE TABLE `calendar_year` (
	`year` integer PRIMARY KEY NOT NULL,
	`version` text NOT NULL,
	`source` text NOT NULL,
	`holidays` text NOT NULL,
	`working_weekends` text NOT NULL,
	`person_id` text NOT NULL,
	`on_date` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `invitation` (
	`id` text PRIMARY KEY NOT NULL,
	`code_hash` text NOT NULL,
	`kind` text NOT NULL,
	`person_id` text NOT NULL,
	`created_by` text NOT NULL,
	`expires_at` integer NOT NULL,
	`failures` integer DEFAULT 0 NOT NULL,
	`used_on` text,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `kept_form` (
	`person_id` text NOT NULL,
	`path` text NOT NULL,
	`sealed` blob NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`person_id`, `path`)
);
--> statement-breakpoint
CREATE TABLE `known_device` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`seen_on` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `known_device_account` ON `known_device` (`account_id`);--> statement-breakpoint
CREATE TABLE `letter_number` (
	`body_code` text NOT NULL,
	`year` integer NOT NULL,
	`last` integer NOT NULL,
	PRIMARY KEY(`body_code`, `year`)
);
--> statement-breakpoint
CREATE TABLE `referral` (
	`id` text PRIMARY KEY NOT NULL,
	`lead_id` text NOT NULL,
	`seq` integer NOT NULL,
	`number` text NOT NULL,
	`from_body` text NOT NULL,
	`to_body` text,
	`sent_on` text NOT NULL,
	`received_on` text,
	`returned_on` text,
	`feedback_on` text,
	`remind_on` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `referral_number_unique` ON `referral` (`number`);--> statement-breakpoint
CREATE INDEX `referral_lead` ON `referral` (`lead_id`);--> statement-breakpoint
CREATE INDEX `referral_from` ON `referral` (`from_body`,`remind_on`);--> statement-breakpoint
CREATE TABLE `relative` (
	`id` text PRIMARY KEY NOT NULL,
	`body_code` text,
	`person_id` text,
	`staff_name_mac` text NOT NULL,
	`relative_name_mac` text NOT NULL,
	`id_mac` text NOT NULL,
	`sealed` blob NOT NULL,
	`key_id` text NOT NULL,
	`added_on` text NOT NULL,
	`ended_on` text
);
--> statement-breakpoint
CREATE INDEX `relative_id_mac` ON `relative` (`id_mac`);--> statement-breakpoint
CREATE INDEX `relative_name_mac` ON `relative` (`relative_name_mac`);--> statement-breakpoint
CREATE TABLE `relative_hit` (
	`id` text PRIMARY KEY NOT NULL,
	`relative_id` text NOT NULL,
	`batch_id` text NOT NULL,
	`row_id` text NOT NULL,
	`found_on` text NOT NULL,
	`status` text NOT NULL,
	`decided_by` text,
	`decided_on` text,
	FOREIGN KEY (`relative_id`) REFERENCES `relative`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `relative_hit_status` ON `relative_hit` (`status`);--> statement-breakpoint
CREATE TABLE `reminder` (
	`person_id` text NOT NULL,
	`on_date` text NOT NULL,
	`due` integer NOT NULL,
	`overdue` integer NOT NULL,
	`status` text NOT NULL,
	PRIMARY KEY(`person_id`, `on_date`)
);
--> statement-breakpoint
CREATE TABLE `reporter_request` (
	`id` text PRIMARY KEY NOT NULL,
	`lead_id` text NOT NULL,
	`person_id` text NOT NULL,
	`seq` integer NOT NULL,
	`on_date` text NOT NULL,
	`status` text NOT NULL,
	`decided_by` text,
	`decided_on` text
);
--> statement-breakpoint
CREATE INDEX `reporter_request_lead` ON `reporter_request` (`lead_id`);--> statement-breakpoint
CREATE TABLE `routing_version` (
	`version` integer PRIMARY KEY NOT NULL,
	`rows` text NOT NULL,
	`note` text NOT NULL,
	`person_id` text NOT NULL,
	`on_date` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `supervision` (
	`lead_id` text NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`body_code` text NOT NULL,
	`person_id` text,
	`started_on` text NOT NULL,
	`report_on` text NOT NULL,
	`reported_on` text,
	`consented_on` text,
	`ended_on` text,
	PRIMARY KEY(`lead_id`, `seq`)
);
--> statement-breakpoint
CREATE INDEX `supervision_body` ON `supervision` (`body_code`,`ended_on`);--> statement-breakpoint
CREATE TABLE `tombstone` (
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`reason` text NOT NULL,
	`person_id` text,
	`on_date` text NOT NULL,
	PRIMARY KEY(`kind`, `subject_id`)
);
--> statement-breakpoint
ALTER TABLE `account` ADD `sealed_second_totp` blob;--> statement-breakpoint
ALTER TABLE `account` ADD `second_totp_step` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `account` ADD `renew_on` text;--> statement-breakpoint
ALTER TABLE `lead` ADD `backlog` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `lead` ADD `finding` text;--> statement-breakpoint
ALTER TABLE `lead` ADD `concluded_on` text;--> statement-breakpoint
ALTER TABLE `lead` ADD `closed_on` text;--> statement-breakpoint
CREATE INDEX `lead_state_due` ON `lead` (`state`,`due_on`,`id`);--> statement-breakpoint
CREATE INDEX `lead_received` ON `lead` (`received_on`);--> statement-breakpoint
ALTER TABLE `person` ADD `email` text DEFAULT '' NOT NULL;