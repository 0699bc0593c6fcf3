using System.Collections.Concurrent;

namespace Tepui.Runtime.Files;

/// <summary>Files and directories shown under virtual paths. Nothing outside what is attached can be reached, not through <c>..</c> and not through links.</summary>
public sealed class VirtualFiles
{
    private readonly ConcurrentDictionary<string, string> _attached = new(StringComparer.Ordinal);

    /// <summary>All virtual paths and what they stand for.</summary>
    public IReadOnlyDictionary<string, string> Attached => _attached;

    /// <summary>Shows a file or directory under a virtual path; a second time replaces the first.</summary>
    public void Attach(string virtualPath, string realPath) => _attached[Normal(virtualPath)] = Path.GetFullPath(realPath);

    /// <summary>Hides what was attached.</summary>
    public void Detach(string virtualPath) => _attached.TryRemove(Normal(virtualPath), out _);

    /// <summary>The real path of a virtual one, without links in any of its parts; <see langword="null"/> when nothing is there or it leads outside of what is attached.</summary>
    public string? Resolve(string virtualPath)
    {
        if (virtualPath.Contains('\0'))
        {
            return null;
        }

        var path = Normal(virtualPath);
        for (var prefix = path; prefix.Length > 0; prefix = prefix[..Math.Max(prefix.LastIndexOf('/'), 0)])
        {
            if (_attached.TryGetValue(prefix, out var root))
            {
                return Below(root, path[prefix.Length..]);
            }
        }

        return null;
    }

    private static string? Below(string root, string rest)
    {
        var real = Path.GetFullPath(Path.Join(root, rest));
        if (!Exists(real))
        {
            return null;
        }

        // A task owns its sandbox and may put links there; what they point to must lie inside as well.
        var final = Final(real);
        return Inside(final, Final(root)) ? final : null;
    }

    private static bool Inside(string path, string root) =>
        path == root || (path.StartsWith(root, StringComparison.Ordinal) && (root[^1] == '/' || path[root.Length] == '/'));

    /// <summary>The path without links in any of its parts.</summary>
    private static string Final(string path)
    {
        var final = "/";
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Join(final, part);
            final = Target(next) ?? next;
        }

        return final;
    }

    private static string? Target(string path)
    {
        try
        {
            FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
            return info.LinkTarget is null ? null : info.ResolveLinkTarget(returnFinalTarget: true) is { } target ? Final(target.FullName) : null;
        }
        catch (IOException)
        {
            // A chain of links without an end: it names nothing, so it is inside nothing.
            return "";
        }
    }

    // Pipes, sockets and devices are not for reading here.
    private static bool Exists(string path) => Statx.TryGet(path, out var status) && (status.Mode & 0xF000) is (0x8000 or 0x4000);

    // One leading slash, no trailing one; ".." stays for the check against what is attached.
    private static string Normal(string path) => "/" + path.Trim('/');
}
