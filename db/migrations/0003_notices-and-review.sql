CREATE TABLE `batch_count` (
	`batch_id` text NOT NULL,
	`place_code` text NOT NULL,
	`households` integer NOT NULL,
	`persons` integer NOT NULL,
	`amount_cents` integer NOT NULL,
	`listed_households` integer NOT NULL,
	`listed_persons` integer NOT NULL,
	`listed_cents` integer NOT NULL,
	`joined` integer,
	`left` integer,
	`changed` integer,
	PRIMARY KEY(`batch_id`, `place_code`)
);
--> statement-breakpoint
CREATE TABLE `batch_spelling` (
	`batch_id` text NOT NULL,
	`town` text NOT NULL,
	`written` text NOT NULL,
	`place_code` text,
	`lines` integer NOT NULL,
	PRIMARY KEY(`batch_id`, `town`, `written`)
);
--> statement-breakpoint
CREATE TABLE `board_posting` (
	`batch_id` text NOT NULL,
	`place_code` text NOT NULL,
	`posted_on` text NOT NULL,
	`by_person_id` text NOT NULL,
	`recorded_on` text NOT NULL,
	PRIMARY KEY(`batch_id`, `place_code`)
);
--> statement-breakpoint
CREATE TABLE `correction` (
	`id` text PRIMARY KEY NOT NULL,
	`on_date` text NOT NULL,
	`place_code` text NOT NULL,
	`aid_type` text NOT NULL,
	`period` text NOT NULL,
	`kind` text NOT NULL,
	`reason` text NOT NULL,
	`households` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `correction_date` ON `correction` (`on_date`);--> statement-breakpoint
CREATE TABLE `gate_warning` (
	`id` text PRIMARY KEY NOT NULL,
	`finding` text NOT NULL,
	`publication_id` text NOT NULL,
	`found_on` text NOT NULL,
	`started_by` text,
	`cleared_by` text,
	`cleared_on` text
);
--> statement-breakpoint
CREATE INDEX `gate_warning_cleared` ON `gate_warning` (`cleared_on`);--> statement-breakpoint
CREATE TABLE `job_run` (
	`name` text PRIMARY KEY NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`outcome` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `list_exit` (
	`batch_id` text NOT NULL,
	`id_mac` text NOT NULL,
	`place_code` text NOT NULL,
	`reason` text NOT NULL,
	`set_by` text,
	PRIMARY KEY(`batch_id`, `id_mac`)
);
--> statement-breakpoint
CREATE TABLE `place_alias` (
	`scope_code` text NOT NULL,
	`written` text NOT NULL,
	`place_code` text NOT NULL,
	`confirmed_by` text NOT NULL,
	`confirmed_on` text NOT NULL,
	PRIMARY KEY(`scope_code`, `written`)
);
--> statement-breakpoint
CREATE TABLE `row_change` (
	`id` text PRIMARY KEY NOT NULL,
	`row_id` text NOT NULL,
	`batch_id` text NOT NULL,
	`place_code` text NOT NULL,
	`kind` text NOT NULL,
	`reason` text NOT NULL,
	`members` integer,
	`amount_cents` integer,
	`status` text NOT NULL,
	`proposed_by` text NOT NULL,
	`proposed_on` text NOT NULL,
	`decided_by` text,
	`decided_on` text
);
--> statement-breakpoint
CREATE INDEX `row_change_status` ON `row_change` (`status`);--> statement-breakpoint
CREATE TABLE `take_down` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`batch_id` text NOT NULL,
	`place_code` text,
	`reason` text NOT NULL,
	`by_person_id` text NOT NULL,
	`on_date` text NOT NULL,
	`status` text NOT NULL,
	`reviewed_by` text,
	`reviewed_on` text
);
--> statement-breakpoint
CREATE INDEX `take_down_status` ON `take_down` (`status`);--> statement-breakpoint
ALTER TABLE `batch` ADD `kind` text DEFAULT 'LIST' NOT NULL;--> statement-breakpoint
ALTER TABLE `batch` ADD `notice_days` integer;--> statement-breakpoint
ALTER TABLE `batch` ADD `notice_unit` text;--> statement-breakpoint
ALTER TABLE `batch` ADD `notice_from` integer;--> statement-breakpoint
ALTER TABLE `batch` ADD `starts_at` integer;--> statement-breakpoint
ALTER TABLE `batch` ADD `ends_at` integer;--> statement-breakpoint
ALTER TABLE `batch` ADD `disclosure_checks` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `batch_problem` ADD `column_letters` text;--> statement-breakpoint
ALTER TABLE `list_row` ADD `no` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `place` ADD `contact_name` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `place` ADD `contact_phone` text DEFAULT '' NOT NULL;