using Tepui.Containers.Native;
using Tepui.Containers.Sandboxes;

namespace Tepui.Containers.Fetching;

/// <summary>Writes below a sandbox and nowhere else: no path leads out by <c>..</c>, from the root, or through a link that an archive put there before.</summary>
internal sealed class SandboxWriter(string root, UserIdentity? owner)
{
    private const UnixFileMode OwnerAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Permissions = OwnerAll
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const UnixFileMode DirectoryMode = OwnerAll | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Absolute path of a name; its parents exist and are real directories afterwards.</summary>
    /// <exception cref="FetchException">The name leads out of the sandbox.</exception>
    public string PathOf(string name)
    {
        var parts = Parts(name);
        if (parts.Count == 0)
        {
            return root;
        }

        var path = root;
        foreach (var part in parts.Take(parts.Count - 1))
        {
            path = Path.Combine(path, part);
            Enter(path, DirectoryMode, name);
        }

        return Path.Combine(path, parts[^1]);
    }

    /// <summary>A new file in place of whatever had its name.</summary>
    public FileStream CreateFile(string name, UnixFileMode mode)
    {
        var path = Fresh(name);
        var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerAll });
        try
        {
            Sandbox.Own(path, owner);
            File.SetUnixFileMode(file.SafeFileHandle, mode & Permissions);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>A directory, which may be there already. Its owner can always write it, for more may follow.</summary>
    public void CreateDirectory(string name, UnixFileMode mode)
    {
        var path = PathOf(name);
        if (path != root)
        {
            Enter(path, (mode & Permissions) | OwnerAll, name);
        }
    }

    /// <summary>A symbolic link that stays inside the sandbox.</summary>
    public void CreateLink(string name, string target)
    {
        var parts = Parts(name);
        var depth = parts.Count - 1;
        foreach (var part in target.Split('/'))
        {
            depth += part is "" or "." ? 0 : part == ".." ? -1 : 1;
            if (depth < 0)
            {
                break;
            }
        }

        if (target.StartsWith('/') || depth < 0)
        {
            throw new FetchException($"the archive holds a link '{name}' to '{target}', which is outside the sandbox");
        }

        var path = Fresh(name);
        File.CreateSymbolicLink(path, target);
        Sandbox.Own(path, owner);
    }

    /// <summary>A second name for a file of the sandbox.</summary>
    public void CreateHardLink(string name, string target)
    {
        var from = PathOf(target);
        if (new FileInfo(from) is not { Exists: true, LinkTarget: null })
        {
            throw new FetchException($"the archive holds a hard link '{name}' to '{target}', which is no file of the sandbox");
        }

        var path = Fresh(name);
        if (Libc.Link(from, path) != 0)
        {
            throw new IOException($"failed to link '{name}' to '{target}': {Libc.LastText()}");
        }
    }

    private static List<string> Parts(string name)
    {
        var parts = name.Split('/').Where(static part => part is not ("" or ".")).ToList();
        return name.StartsWith('/') || parts.Contains("..")
            ? throw new FetchException($"the archive holds '{name}', which would be written outside the sandbox")
            : parts;
    }

    private string Fresh(string name)
    {
        var path = PathOf(name);
        if (path == root)
        {
            throw new FetchException($"the archive holds '{name}' in place of the sandbox itself");
        }

        File.Delete(path);
        return path;
    }

    private void Enter(string path, UnixFileMode mode, string name)
    {
        var there = new DirectoryInfo(path);
        if (there.LinkTarget is not null)
        {
            throw new FetchException($"'{name}' would be written through the link '{path}'");
        }

        if (there.Exists)
        {
            return;
        }

        Directory.CreateDirectory(path, mode);
        Sandbox.Own(path, owner);
    }
}
