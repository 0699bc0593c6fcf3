using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;
using Tepui.Protocol.Supervisor;

namespace Tepui.Containers.Supervisor;

/// <summary>The supervisor's log: what was started and what ended, appended in one write per batch. It need outlive the process, not the machine (nothing that it tells of does), so it is never synced.</summary>
/// <remarks>An entry is its length and the CRC-32C of its bytes, four bytes each, little-endian, then the bytes of a <see cref="SupervisorRecord"/>. Damaged bytes are passed over up to the next whole entry: one that is lost must not take others with it, since nobody would end their processes.</remarks>
internal sealed class ContainerLog : IDisposable
{
    private const int HeaderSize = 8;
    private const int EntryMax = 1024 * 1024;

    private readonly string _path;
    private readonly ArrayBufferWriter<byte> _batch = new(4096);
    private FileStream _file;

    private ContainerLog(string path, FileStream file)
    {
        _path = path;
        _file = file;
    }

    /// <summary>Bytes written since the log was last written anew.</summary>
    public long Size => _file.Length;

    /// <summary>Reads every whole entry of a log, also behind damaged ones; none if there is no log.</summary>
    public static List<SupervisorRecord> Read(string path)
    {
        var records = new List<SupervisorRecord>();
        if (!File.Exists(path))
        {
            return records;
        }

        ReadOnlySpan<byte> rest = File.ReadAllBytes(path);
        while (rest.Length >= HeaderSize)
        {
            var entry = Entry(rest);
            if (entry.Length > 0)
            {
                records.Add(SupervisorRecord.Parser.ParseFrom(entry));
                rest = rest[(HeaderSize + entry.Length)..];
            }
            else
            {
                rest = rest[1..];
            }
        }

        return records;
    }

    /// <summary>The entry the bytes begin with; empty when that is none, or not a whole one.</summary>
    private static ReadOnlySpan<byte> Entry(ReadOnlySpan<byte> bytes)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length is <= 0 or > EntryMax || bytes.Length < HeaderSize + length)
        {
            return default;
        }

        var entry = bytes.Slice(HeaderSize, length);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) == Checksum(entry) ? entry : default;
    }

    /// <summary>Writes a log anew with just these entries, in place of the one there was, and opens it for more.</summary>
    public static ContainerLog Create(string path, IEnumerable<SupervisorRecord> records)
    {
        var log = new ContainerLog(path, Open(path + ".new", FileMode.Create));
        log.Replace(records);
        return log;
    }

    /// <summary>Adds an entry to the batch.</summary>
    public void Add(SupervisorRecord record)
    {
        var size = record.CalculateSize();
        var span = _batch.GetSpan(HeaderSize + size);
        var bytes = span.Slice(HeaderSize, size);
        record.WriteTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(span, size);
        BinaryPrimitives.WriteUInt32LittleEndian(span[4..], Checksum(bytes));
        _batch.Advance(HeaderSize + size);
    }

    /// <summary>Writes the batch. After an exception the batch is kept and goes out with the next.</summary>
    public void Write()
    {
        if (_batch.WrittenCount == 0)
        {
            return;
        }

        var before = _file.Length;
        try
        {
            RandomAccess.Write(_file.SafeFileHandle, _batch.WrittenSpan, before);
        }
        catch (IOException)
        {
            // A disk may be full: half a batch would hide all that follows it.
            RandomAccess.SetLength(_file.SafeFileHandle, before);
            throw;
        }

        _batch.ResetWrittenCount();
    }

    /// <summary>Writes the log anew with just these entries.</summary>
    public void Rewrite(IEnumerable<SupervisorRecord> records)
    {
        var old = _file;
        _file = Open(_path + ".new", FileMode.Create);
        try
        {
            Replace(records);
        }
        catch (IOException)
        {
            _file.Dispose();
            _file = old;
            throw;
        }

        old.Dispose();
    }

    public void Dispose() => _file.Dispose();

    private void Replace(IEnumerable<SupervisorRecord> records)
    {
        foreach (var record in records)
        {
            Add(record);
        }

        Write();
        File.Move(_path + ".new", _path, overwrite: true);
    }

    private static FileStream Open(string path, FileMode mode) =>
        new(path, new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        while (bytes.Length >= 8)
        {
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (var single in bytes)
        {
            checksum = BitOperations.Crc32C(checksum, single);
        }

        return ~checksum;
    }
}
