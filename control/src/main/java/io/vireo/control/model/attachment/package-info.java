/**
 * What an interface can be attached to, one folder per kind: how it is read, written, checked, programmed and shown. {@link
 * io.vireo.control.model.attachment.Attachments} leads from an attachment to its folder; nothing else names the kinds. A
 * new kind is a record in {@link io.vireo.control.model.Attachment}, a folder, and its lines in {@code Attachments}.
 */
@NullMarked
package io.vireo.control.model.attachment;

import org.jspecify.annotations.NullMarked;
