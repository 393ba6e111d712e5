CREATE TABLE `counted_month` (
	`month` text PRIMARY KEY NOT NULL,
	`counted_on` text NOT NULL,
	`numbers` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `lead_rating` (
	`lead_id` text PRIMARY KEY NOT NULL,
	`rating` text NOT NULL,
	`on_date` text NOT NULL,
	FOREIGN KEY (`lead_id`) REFERENCES `lead`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `lead_rating_date` ON `lead_rating` (`on_date`,`rating`);--> statement-breakpoint
CREATE INDEX `lead_concluded` ON `lead` (`concluded_on`);