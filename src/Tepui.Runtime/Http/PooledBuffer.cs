using System.Buffers;

namespace Tepui.Runtime.Http;

/// <summary>A growing byte buffer on rented arrays. Its owner disposes it, after which what it handed out is invalid.</summary>
public sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private readonly int _kept;
    private readonly MemoryBudget? _budget;
    private byte[] _bytes;
    private int _count;

    /// <summary>Starts with room for at least <paramref name="capacity"/> bytes.</summary>
    /// <param name="capacity">Bytes.</param>
    /// <param name="kept">Largest array in bytes, a power of two, that comes from the pool and goes back to it; larger ones are left to the collector.</param>
    /// <param name="budget">Where those larger ones are accounted for; growing throws <see cref="MemoryBudgetException"/> when it is used up.</param>
    public PooledBuffer(int capacity = 4096, int kept = int.MaxValue, MemoryBudget? budget = null)
    {
        _kept = kept;
        _budget = budget;
        _bytes = Rent(Math.Max(capacity, 256));
    }

    /// <summary>Bytes written so far.</summary>
    public int WrittenCount => _count;

    /// <summary>What was written so far; valid until the next write.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _count);

    /// <summary>What was written so far; valid until the next write.</summary>
    public ReadOnlySpan<byte> WrittenSpan => _bytes.AsSpan(0, _count);

    /// <summary>Forgets what was written, keeps the room.</summary>
    public void Clear() => _count = 0;

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - _count);
        _count += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_count);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            Return(_bytes);
            _bytes = [];
            _count = 0;
        }
    }

    private void Reserve(int size)
    {
        size = Math.Max(size, 1);
        if (_bytes.Length - _count >= size)
        {
            return;
        }

        var larger = Rent(checked((int)Math.Min(Array.MaxLength, Math.Max((long)_bytes.Length * 2, (long)_count + size))));
        _bytes.AsSpan(0, _count).CopyTo(larger);
        Return(_bytes);
        _bytes = larger;
    }

    private byte[] Rent(int size)
    {
        if (size <= _kept)
        {
            return ArrayPool<byte>.Shared.Rent(size);
        }

        _budget?.Take(size);
        return GC.AllocateUninitializedArray<byte>(size);
    }

    private void Return(byte[] bytes)
    {
        if (bytes.Length <= _kept)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
        else
        {
            _budget?.Give(bytes.Length);
        }
    }
}
