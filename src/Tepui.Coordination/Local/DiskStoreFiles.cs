using System.Globalization;
using System.Runtime.InteropServices;

namespace Tepui.Coordination.Local;

/// <summary>A directory on a disk.</summary>
/// <param name="directory">Its path; made when missing.</param>
public sealed partial class DiskStoreFiles(string directory) : IStoreFiles
{
    private const string LockName = "LOCK";

    // Beside the lock, since a locked file cannot be opened to be read.
    private const string HolderName = "LOCK.pid";
    // What the system says of a lock that someone else holds (EWOULDBLOCK).
    private const int WouldBlock = 11;
    private const uint OwnerAll = 0b111_000_000;
    private const int ReadOnlyDirectoryCloseOnExec = 0x80000 | 0x10000;

    /// <inheritdoc/>
    public string Directory { get; } = Path.GetFullPath(directory);

    /// <inheritdoc/>
    public IDisposable Lock()
    {
        Make();
        var path = PathOf(LockName);
        FileStream held;
        try
        {
            // FileShare.None is an flock: it ends with the process, however that ends.
            held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            throw new StoreLockedException(Directory, Holder());
        }

        try
        {
            File.WriteAllText(PathOf(HolderName), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List() => [.. System.IO.Directory.EnumerateFiles(Directory).Select(p => Path.GetFileName(p)!).Where(n => !n.StartsWith(LockName, StringComparison.Ordinal))];

    /// <inheritdoc/>
    public IStoreFile Open(string name) => new DiskStoreFile(PathOf(name), FileMode.Open);

    /// <inheritdoc/>
    public IStoreFile Create(string name) => new DiskStoreFile(PathOf(name), FileMode.Create);

    /// <inheritdoc/>
    public void Rename(string from, string to) => File.Move(PathOf(from), PathOf(to), overwrite: true);

    /// <inheritdoc/>
    public void Delete(string name) => File.Delete(PathOf(name));

    /// <inheritdoc/>
    public void SyncDirectory()
    {
        var descriptor = OpenPath(Directory, ReadOnlyDirectoryCloseOnExec);
        if (descriptor < 0)
        {
            throw new IOException($"{Directory} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        try
        {
            if (SyncDescriptor(descriptor) != 0)
            {
                throw new IOException($"{Directory} cannot be synced: {Marshal.GetLastPInvokeErrorMessage()}.");
            }
        }
        finally
        {
            _ = CloseDescriptor(descriptor);
        }
    }

    // For its owner alone: tasks and frameworks are in it as they were described, secrets in their environment included.
    private void Make()
    {
        if (Path.GetDirectoryName(Directory) is { } parent)
        {
            System.IO.Directory.CreateDirectory(parent);
        }

        // A failure shows itself in what follows, with its cause.
        _ = MakeDirectory(Directory, OwnerAll);
        System.IO.Directory.CreateDirectory(Directory);
    }

    private int? Holder()
    {
        try
        {
            return int.TryParse(File.ReadAllText(PathOf(HolderName)), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private string PathOf(string name) => Path.Combine(Directory, name);

    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeDirectory(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenPath(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int SyncDescriptor(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int CloseDescriptor(int descriptor);
}
