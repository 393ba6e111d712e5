CREATE TABLE `account` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`login` text NOT NULL,
	`kdf` text NOT NULL,
	`recipient` text NOT NULL,
	`sealed_identity` blob NOT NULL,
	`sealed_totp` blob NOT NULL,
	`totp_step` integer DEFAULT 0 NOT NULL,
	`disabled_on` text,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `account_login_unique` ON `account` (`login`);--> statement-breakpoint
CREATE TABLE `audit_entry` (
	`seq` integer PRIMARY KEY NOT NULL,
	`on_date` text NOT NULL,
	`at` integer,
	`person_id` text,
	`body_code` text,
	`action` text NOT NULL,
	`subject_kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`fields_mac` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_subject` ON `audit_entry` (`subject_kind`,`subject_id`);--> statement-breakpoint
CREATE TABLE `batch` (
	`id` text PRIMARY KEY NOT NULL,
	`body_code` text NOT NULL,
	`review_body_code` text NOT NULL,
	`aid_type` text NOT NULL,
	`period` text NOT NULL,
	`status` text NOT NULL,
	`uploaded_by` text NOT NULL,
	`uploaded_on` text NOT NULL,
	`decided_by` text,
	`decided_on` text,
	`households` integer NOT NULL,
	`persons` integer NOT NULL,
	`amount_cents` integer NOT NULL,
	`salt` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `batch_status` ON `batch` (`status`);--> statement-breakpoint
CREATE TABLE `batch_problem` (
	`batch_id` text NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`file` text NOT NULL,
	`sheet` text,
	`line` integer NOT NULL,
	`reason` text NOT NULL,
	PRIMARY KEY(`batch_id`, `seq`),
	FOREIGN KEY (`batch_id`) REFERENCES `batch`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `body` (
	`code` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`place_code` text NOT NULL,
	`superior_code` text,
	`valid_from` text NOT NULL,
	`valid_to` text,
	`successor_code` text
);
--> statement-breakpoint
CREATE TABLE `body_key` (
	`id` text PRIMARY KEY NOT NULL,
	`body_code` text NOT NULL,
	`recipient` text NOT NULL,
	`created_on` text NOT NULL,
	`retired_on` text
);
--> statement-breakpoint
CREATE INDEX `body_key_body` ON `body_key` (`body_code`);--> statement-breakpoint
CREATE TABLE `body_key_grant` (
	`key_id` text NOT NULL,
	`holder` text NOT NULL,
	`sealed` blob NOT NULL,
	PRIMARY KEY(`key_id`, `holder`),
	FOREIGN KEY (`key_id`) REFERENCES `body_key`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `body_recovery` (
	`body_code` text PRIMARY KEY NOT NULL,
	`first_recipient` text NOT NULL,
	`second_recipient` text NOT NULL,
	`created_on` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `former_name` (
	`kind` text NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`until` text NOT NULL,
	PRIMARY KEY(`kind`, `code`, `until`)
);
--> statement-breakpoint
CREATE TABLE `hotline` (
	`id` text PRIMARY KEY NOT NULL,
	`place_code` text NOT NULL,
	`unit` text NOT NULL,
	`level` text NOT NULL,
	`phone` text NOT NULL,
	`second_phone` text DEFAULT '' NOT NULL,
	`contact` text DEFAULT '' NOT NULL,
	`hours` text DEFAULT '' NOT NULL,
	`updated_on` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `lead` (
	`id` text PRIMARY KEY NOT NULL,
	`reference` text NOT NULL,
	`state` text NOT NULL,
	`body_code` text NOT NULL,
	`secrecy` text NOT NULL,
	`received_on` text NOT NULL,
	`due_on` text,
	`class` text,
	`mode` text,
	`source` text,
	`place_code` text,
	`proposed_body_code` text,
	`major` integer DEFAULT 0 NOT NULL,
	`supervised` integer DEFAULT 0 NOT NULL,
	`extended` integer DEFAULT 0 NOT NULL,
	`parent_id` text,
	`repeats` integer DEFAULT 0 NOT NULL,
	`notice_id` text,
	`notice_row` integer,
	`lookup` text NOT NULL,
	`lookup_key_id` text NOT NULL,
	`code_recipient` text NOT NULL,
	`sameness` text NOT NULL,
	`content_recipient` text NOT NULL,
	`reporter_recipient` text NOT NULL,
	`sealed_content` blob NOT NULL,
	`sealed_reporter` blob
);
--> statement-breakpoint
CREATE UNIQUE INDEX `lead_reference_unique` ON `lead` (`reference`);--> statement-breakpoint
CREATE UNIQUE INDEX `lead_lookup_unique` ON `lead` (`lookup`);--> statement-breakpoint
CREATE INDEX `lead_body_state` ON `lead` (`body_code`,`state`);--> statement-breakpoint
CREATE INDEX `lead_due` ON `lead` (`due_on`);--> statement-breakpoint
CREATE INDEX `lead_place` ON `lead` (`place_code`);--> statement-breakpoint
CREATE INDEX `lead_parent` ON `lead` (`parent_id`);--> statement-breakpoint
CREATE TABLE `lead_deadline` (
	`lead_id` text NOT NULL,
	`rule_code` text NOT NULL,
	`start_on` text NOT NULL,
	`unit` text NOT NULL,
	`due_on` text NOT NULL,
	`calendar_version` text NOT NULL,
	`provisional` integer NOT NULL,
	`met_on` text,
	PRIMARY KEY(`lead_id`, `rule_code`, `start_on`),
	FOREIGN KEY (`lead_id`) REFERENCES `lead`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `lead_event` (
	`lead_id` text NOT NULL,
	`seq` integer NOT NULL,
	`event` text NOT NULL,
	`from_state` text,
	`to_state` text NOT NULL,
	`on_date` text NOT NULL,
	`person_id` text,
	`body_code` text,
	`status` text NOT NULL,
	`epoch` integer NOT NULL,
	`sealed` blob,
	PRIMARY KEY(`lead_id`, `seq`),
	FOREIGN KEY (`lead_id`) REFERENCES `lead`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `lead_exclusion` (
	`lead_id` text NOT NULL,
	`mac` text NOT NULL,
	PRIMARY KEY(`lead_id`, `mac`),
	FOREIGN KEY (`lead_id`) REFERENCES `lead`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `lead_grant` (
	`lead_id` text NOT NULL,
	`body_code` text NOT NULL,
	`part` text NOT NULL,
	`standing` text NOT NULL,
	`key_id` text NOT NULL,
	`epoch` integer NOT NULL,
	`sealed` blob NOT NULL,
	PRIMARY KEY(`lead_id`, `body_code`, `part`, `epoch`),
	FOREIGN KEY (`lead_id`) REFERENCES `lead`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `lead_grant_body` ON `lead_grant` (`body_code`,`lead_id`);--> statement-breakpoint
CREATE TABLE `lead_message` (
	`lead_id` text NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`on_date` text NOT NULL,
	`epoch` integer NOT NULL,
	`sealed` blob NOT NULL,
	PRIMARY KEY(`lead_id`, `seq`),
	FOREIGN KEY (`lead_id`) REFERENCES `lead`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `lead_problem` (
	`lead_id` text NOT NULL,
	`problem` text NOT NULL,
	PRIMARY KEY(`lead_id`, `problem`),
	FOREIGN KEY (`lead_id`) REFERENCES `lead`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `lead_subject` (
	`lead_id` text NOT NULL,
	`seq` integer NOT NULL,
	`role` text NOT NULL,
	`body_code` text,
	PRIMARY KEY(`lead_id`, `seq`),
	FOREIGN KEY (`lead_id`) REFERENCES `lead`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `lead_worker` (
	`lead_id` text NOT NULL,
	`person_id` text NOT NULL,
	PRIMARY KEY(`lead_id`, `person_id`),
	FOREIGN KEY (`lead_id`) REFERENCES `lead`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `lead_worker_person` ON `lead_worker` (`person_id`);--> statement-breakpoint
CREATE TABLE `list_row` (
	`id` text PRIMARY KEY NOT NULL,
	`batch_id` text NOT NULL,
	`seq` integer NOT NULL,
	`line` integer NOT NULL,
	`sheet` text,
	`place_code` text NOT NULL,
	`masked_name` text,
	`members` integer NOT NULL,
	`amount_cents` integer NOT NULL,
	`since` text NOT NULL,
	`id_mac` text NOT NULL,
	`id_key_id` text NOT NULL,
	`visibility` text NOT NULL,
	FOREIGN KEY (`batch_id`) REFERENCES `batch`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `list_row_batch` ON `list_row` (`batch_id`,`place_code`);--> statement-breakpoint
CREATE INDEX `list_row_id` ON `list_row` (`id_mac`);--> statement-breakpoint
CREATE TABLE `name_hash` (
	`batch_id` text NOT NULL,
	`mac` text NOT NULL,
	`length` integer NOT NULL,
	PRIMARY KEY(`batch_id`, `mac`),
	FOREIGN KEY (`batch_id`) REFERENCES `batch`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `page_text` (
	`slug` text PRIMARY KEY NOT NULL,
	`section` text NOT NULL,
	`position` integer NOT NULL,
	`title` text NOT NULL,
	`markdown` text NOT NULL,
	`legal_basis` text NOT NULL,
	`updated_on` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `person` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`created_on` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `place` (
	`code` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`level` text NOT NULL,
	`parent_code` text,
	`valid_from` text NOT NULL,
	`valid_to` text,
	`successor_code` text
);
--> statement-breakpoint
CREATE INDEX `place_parent` ON `place` (`parent_code`);--> statement-breakpoint
CREATE TABLE `post` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`body_code` text NOT NULL,
	`role` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `post_person` ON `post` (`person_id`);--> statement-breakpoint
CREATE INDEX `post_body` ON `post` (`body_code`);--> statement-breakpoint
CREATE TABLE `protected_household` (
	`id_mac` text PRIMARY KEY NOT NULL,
	`id_key_id` text NOT NULL,
	`since` text NOT NULL,
	`by_person_id` text NOT NULL,
	`lifted_on` text,
	`lifted_by` text,
	`lift_confirmed_by` text
);
--> statement-breakpoint
CREATE TABLE `publication` (
	`id` text PRIMARY KEY NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`started_by` text,
	`status` text NOT NULL,
	`steps` text NOT NULL,
	`pages_changed` integer DEFAULT 0 NOT NULL,
	`manifest_hash` text,
	`findings` text
);
--> statement-breakpoint
CREATE TABLE `sealed_file` (
	`id` text PRIMARY KEY NOT NULL,
	`batch_id` text NOT NULL,
	`kind` text NOT NULL,
	`place_code` text,
	`key_ids` text DEFAULT '' NOT NULL,
	`sealed` blob NOT NULL,
	`created_on` text NOT NULL,
	FOREIGN KEY (`batch_id`) REFERENCES `batch`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sealed_file_batch` ON `sealed_file` (`batch_id`);--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`wrapped_identity` blob NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `session_account` ON `session` (`account_id`);--> statement-breakpoint
CREATE TABLE `setting` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sign_in_pace` (
	`holder` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`retry_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `standard` (
	`id` text PRIMARY KEY NOT NULL,
	`place_code` text NOT NULL,
	`aid_type` text NOT NULL,
	`area_type` text NOT NULL,
	`amount_cents` integer NOT NULL,
	`effective_from` text NOT NULL,
	`document_number` text NOT NULL,
	`updated_on` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `used_proof` (
	`nonce` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL
);
