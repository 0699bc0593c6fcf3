using Tepui.Coordination.Local;

namespace Tepui.Coordination.Tests.Local;

/// <summary>A directory in memory that can fail at any step and that forgets, at a crash, what was not synced.</summary>
internal sealed class CrashingFiles : IStoreFiles
{
    private readonly Dictionary<string, Node> _names = new(StringComparer.Ordinal);
    private Dictionary<string, Node> _durableNames = new(StringComparer.Ordinal);
    private bool _locked;

    public string Directory => "/memory";

    /// <summary>Steps (writes, syncs, renames, ...) taken so far.</summary>
    public int Steps { get; private set; }

    /// <summary>The step that fails, from 1; 0 for none. Later steps fail too.</summary>
    public int FailAt { get; set; }

    /// <summary>Room on the disk in bytes.</summary>
    public long Room { get; set; } = long.MaxValue;

    /// <summary>How much of the write that fails still gets through, 0 to 1.</summary>
    public double Partial { get; set; } = 0.5;

    public Node this[string name] => _names[name];

    /// <summary>The compacted file in the making.</summary>
    public Node? Unfinished => _names.FirstOrDefault(n => n.Key.EndsWith(".tmp", StringComparison.Ordinal)).Value;

    public IReadOnlyList<string> List() => [.. _names.Keys];

    /// <summary>What a process death leaves behind: everything written.</summary>
    public CrashingFiles AfterKill() => Copy(_names, n => n.Content);

    /// <summary>What a power loss leaves behind: what was synced, under the names that were synced.</summary>
    public CrashingFiles AfterPowerLoss() => Copy(_durableNames, n => n.Durable);

    public IDisposable Lock()
    {
        if (_locked)
        {
            throw new StoreLockedException(Directory, 42);
        }

        _locked = true;
        return new Unlock(this);
    }

    public IStoreFile Open(string name) => new Handle(this, _names[name]);

    public IStoreFile Create(string name)
    {
        Step();
        var node = new Node();
        _names[name] = node;
        return new Handle(this, node);
    }

    public void Rename(string from, string to)
    {
        Step();
        _names[to] = _names[from];
        _names.Remove(from);
    }

    public void Delete(string name)
    {
        Step();
        _names.Remove(name);
    }

    public void SyncDirectory()
    {
        Step();
        _durableNames = new Dictionary<string, Node>(_names, StringComparer.Ordinal);
    }

    public void Put(string name, byte[] content) => _names[name] = new Node { Content = content, Durable = content };

    private static CrashingFiles Copy(Dictionary<string, Node> names, Func<Node, byte[]> content)
    {
        var copy = new CrashingFiles();
        foreach (var (name, node) in names)
        {
            copy.Put(name, [.. content(node)]);
        }

        copy._durableNames = new Dictionary<string, Node>(copy._names, StringComparer.Ordinal);
        return copy;
    }

    private void Step()
    {
        Steps++;
        if (FailAt > 0 && Steps >= FailAt)
        {
            throw new IOException("The disk failed.");
        }
    }

    public sealed class Node
    {
        public byte[] Content { get; set; } = [];

        public byte[] Durable { get; set; } = [];

        /// <summary>Longest this file can get, in bytes.</summary>
        public long Room { get; set; } = long.MaxValue;
    }

    private sealed class Unlock(CrashingFiles files) : IDisposable
    {
        public void Dispose() => files._locked = false;
    }

    private sealed class Handle(CrashingFiles files, Node node) : IStoreFile
    {
        public long Length => node.Content.Length;

        public int Read(long offset, Span<byte> buffer)
        {
            var count = (int)Math.Clamp(node.Content.Length - offset, 0, buffer.Length);
            node.Content.AsSpan((int)offset, count).CopyTo(buffer);
            return count;
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            try
            {
                files.Step();
            }
            catch (IOException)
            {
                Put(offset, bytes[..(int)(bytes.Length * files.Partial)]);
                throw;
            }

            var room = Math.Min(files.Room, node.Room);
            if (offset + bytes.Length > room)
            {
                Put(offset, bytes[..(int)Math.Max(0, room - offset)]);
                throw new IOException("No space left on device");
            }

            Put(offset, bytes);
        }

        public void SetLength(long length)
        {
            files.Step();
            node.Content = [.. node.Content.Take((int)length)];
        }

        public void Sync()
        {
            files.Step();
            node.Durable = node.Content;
        }

        public void Dispose()
        {
        }

        private void Put(long offset, ReadOnlySpan<byte> bytes)
        {
            var content = new byte[Math.Max(node.Content.Length, offset + bytes.Length)];
            node.Content.CopyTo(content, 0);
            bytes.CopyTo(content.AsSpan((int)offset));
            node.Content = content;
        }
    }
}
