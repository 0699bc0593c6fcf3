using Tepui.Containers.Native;

namespace Tepui.Containers.Sandboxes;

/// <summary>Makes and removes sandboxes.</summary>
internal static class Sandbox
{
    private const UnixFileMode OwnerAndGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    private const uint LogMode = 0b110_100_100;
    private const string Runs = "/runs/";

    private static readonly string[] Logs = ["stdout", "stderr"];

    /// <summary>Makes the directory (mode 0750, the user's), an empty <c>stdout</c> and <c>stderr</c>, and points <c>latest</c> beside it to it. What is there already is kept.</summary>
    /// <exception cref="IOException">It could not be made; the message names the path and the cause.</exception>
    public static void Make(string directory, string? user, Users users)
    {
        UserIdentity? owner;
        try
        {
            owner = users.Resolve(user);
        }
        catch (IOException unknown)
        {
            throw new IOException($"Failed to create executor directory '{directory}': Failed to chown directory to '{user}': {unknown.Message}", unknown);
        }

        try
        {
            RefuseLinks(directory);
            if (Path.GetDirectoryName(directory) is { } parent)
            {
                Directory.CreateDirectory(parent);
            }

            // A sandbox inside it may have been made first, and this as its parent.
            Directory.CreateDirectory(directory, OwnerAndGroup);
            File.SetUnixFileMode(directory, OwnerAndGroup);
            foreach (var log in Logs)
            {
                var path = Path.Combine(directory, log);
                MakeLog(path);
                Own(path, owner);
            }

            Own(directory, owner);
            PointLatest(directory);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new IOException($"Failed to create executor directory '{directory}': {denied.Message}", denied);
        }
        catch (IOException failed) when (!failed.Message.StartsWith("Failed to", StringComparison.Ordinal))
        {
            throw new IOException($"Failed to create executor directory '{directory}': {failed.Message}", failed);
        }
    }

    /// <summary>Gives a path to the user; links themselves, not what they point to.</summary>
    public static void Own(string path, UserIdentity? owner)
    {
        if (owner is not null && Libc.LChown(path, owner.User, owner.Group) != 0)
        {
            throw new IOException($"Failed to chown '{path}' to '{owner.Name}': {Libc.LastText()}");
        }
    }

    /// <summary>Deletes a sandbox, then its parents that are empty, up to the work directory.</summary>
    public static void Remove(string directory, string workDirectory)
    {
        var root = Path.GetFullPath(workDirectory).TrimEnd('/');
        var path = Path.GetFullPath(directory).TrimEnd('/');
        if (!path.StartsWith(root + "/", StringComparison.Ordinal))
        {
            throw new IOException($"'{directory}' is not below the work directory '{workDirectory}'; nothing was deleted");
        }

        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        var latest = new FileInfo(Path.Combine(Path.GetDirectoryName(path)!, "latest"));
        if (latest.LinkTarget is { } target && Path.GetFileName(target) == Path.GetFileName(path))
        {
            latest.Delete();
        }

        for (var parent = Path.GetDirectoryName(path); parent is not null && parent.Length > root.Length; parent = Path.GetDirectoryName(parent))
        {
            if (Directory.Exists(parent) && Directory.EnumerateFileSystemEntries(parent).Any())
            {
                break;
            }

            TryRemoveEmpty(parent);
        }
    }

    /// <summary>Another launch may put something into it at the same moment; then it stays.</summary>
    // The sandbox of a task inside that of its executor: its user may put links there, and root would follow them.
    private static void RefuseLinks(string directory)
    {
        var own = directory.LastIndexOf(Runs, StringComparison.Ordinal) is >= 0 and var at ? at + Runs.Length : directory.Length - 1;
        for (var part = directory; part.Length > own; part = Path.GetDirectoryName(part)!)
        {
            if (new DirectoryInfo(part).LinkTarget is { } target)
            {
                throw new IOException($"'{part}' is a link to '{target}'");
            }
        }
    }

    private static void MakeLog(string path)
    {
        var opened = Libc.Open(path, Libc.OWriteOnly | Libc.OCreate | Libc.ONoFollow | Libc.ONonBlock | Libc.OCloseOnExec, LogMode);
        if (opened < 0)
        {
            throw new IOException($"'{path}' cannot be made: {Libc.LastText()}");
        }

        _ = Libc.Close(opened);
    }

    private static void TryRemoveEmpty(string directory)
    {
        try
        {
            Directory.Delete(directory);
        }
        catch (IOException)
        {
            // Not empty any more, or gone.
        }
    }

    /// <summary>Only directories of runs have a <c>latest</c> beside them. A rename puts the link in place, so it is never missing.</summary>
    private static void PointLatest(string directory)
    {
        var runs = Path.GetDirectoryName(directory);
        if (runs is null || Path.GetFileName(runs) != "runs")
        {
            return;
        }

        var fresh = Path.Combine(runs, $".latest-{Path.GetFileName(directory)}");
        File.Delete(fresh);
        File.CreateSymbolicLink(fresh, directory);
        if (Libc.Rename(fresh, Path.Combine(runs, "latest")) != 0)
        {
            throw new IOException($"Failed to point '{runs}/latest' to '{directory}': {Libc.LastText()}");
        }
    }
}
