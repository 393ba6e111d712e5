DROP INDEX `lead_queue`;--> statement-breakpoint
DROP INDEX `lead_queue_received`;--> statement-breakpoint
CREATE INDEX `lead_queue` ON `lead` (`due_on`,`id`,`received_on`,`secrecy`,`state`,`body_code`,`place_code`,`supervised`,`repeats`,`class`);--> statement-breakpoint
CREATE INDEX `lead_queue_received` ON `lead` (`received_on`,`id`,`due_on`,`secrecy`,`state`,`body_code`,`place_code`,`supervised`,`repeats`,`class`);