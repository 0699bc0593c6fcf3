using System.Buffers.Binary;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core;

/// <summary>Makes ids: time-based UUIDs whose node is this process's own, so that none comes twice, whatever the clock does.</summary>
internal sealed class Mint(long node)
{
    // 100 ns since 15 October 1582, as time-based UUIDs count.
    private static readonly long Epoch = new DateTimeOffset(1582, 10, 15, 0, 0, 0, TimeSpan.Zero).UtcTicks;
    private long _last;

    /// <summary>A UUID of version 1.</summary>
    public string Uuid(DateTimeOffset now)
    {
        _last = Math.Max(_last + 1, now.UtcTicks - Epoch);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)_last);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], (ushort)(_last >> 32));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(((_last >> 48) & 0x0fff) | 0x1000));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[8..], 0x8000);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[10..], (ushort)(node >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[12..], (uint)node);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    /// <summary>An id for a new instance of a spec.</summary>
    public InstanceId Instance(PathId spec, DateTimeOffset now) => new($"{spec.Underscored}.instance-{Uuid(now)}");
}
