/**
 * Bytes in: logs that grow, are renamed, emptied and deleted, and cloud-init's status documents.
 *
 * <p>Start with {@link dev.bosky.source.LogTailer}, which makes one endless log of whatever stands
 * under a path; below it {@link dev.bosky.source.LineReader} turns bytes into lines and knows no
 * files. {@link dev.bosky.source.StatusFile} reads {@code result.json} and {@code status.json}.
 * Both are a {@link dev.bosky.source.Source}: polled by one thread, never waiting. {@link
 * dev.bosky.source.Waker} is how that thread waits in between.
 *
 * <p>Inside the tailer: {@code LogFolder} looks what is there, {@code FirstLook} finds where to
 * begin, {@code Rotation} keeps the files held in step with those found, {@code LogFile} reads one
 * of them, {@code Fingerprint} tells whether it still is what was read.
 *
 * <p>Why polling, when the kernel notifies: a notification can be lost, and says nothing about what
 * happened while nobody watched. The poll is the truth; {@link dev.bosky.source.FolderWatcher} only
 * ends a wait early. Why files are held open: what a writer puts into a renamed or deleted file is
 * then still read, and an inode that is held is not given to another file.
 */
package dev.bosky.source;
