using System.Globalization;
using System.Net.Sockets;
using Tepui.Containers.Native;

namespace Tepui.Containers.Supervisor;

/// <summary>A unix socket address whose path may be longer than the 107 bytes the kernel allows: the directory is opened and the socket named through it.</summary>
internal sealed class SocketPath : IDisposable
{
    private readonly int _directory;

    /// <summary>Opens the socket's directory, which must exist.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public SocketPath(string path)
    {
        var full = Path.GetFullPath(path);
        var directory = Path.GetDirectoryName(full) ?? "/";
        _directory = Libc.Open(directory, Libc.OPath | Libc.ODirectory | Libc.OCloseOnExec, 0);
        if (_directory < 0)
        {
            throw new IOException($"Failed to open the supervisor's directory '{directory}': {Libc.LastText()}");
        }

        EndPoint = new UnixDomainSocketEndPoint(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{_directory}/{Path.GetFileName(full)}"));
    }

    /// <summary>Good while this is not disposed.</summary>
    public UnixDomainSocketEndPoint EndPoint { get; }

    public void Dispose() => _ = Libc.Close(_directory);
}
