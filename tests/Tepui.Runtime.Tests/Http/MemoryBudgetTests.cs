using System.Buffers;
using Tepui.Runtime.Http;

namespace Tepui.Runtime.Tests.Http;

public sealed class MemoryBudgetTests
{
    [Fact]
    public void Buffers_Small_TakeNothing()
    {
        var budget = new MemoryBudget(1000);
        using var buffer = new PooledBuffer(4096, kept: 64 * 1024, budget);

        buffer.Write(new byte[60_000]);

        Assert.Equal(0, budget.Held);
    }

    [Fact]
    public void Buffers_LargeTogether_AreRefusedAndGiveAllBack()
    {
        var budget = new MemoryBudget(600_000);
        using (var first = new PooledBuffer(4096, kept: 64 * 1024, budget))
        {
            first.Write(new byte[200_000]);
            Assert.InRange(budget.Held, 200_000, 400_000);

            using var second = new PooledBuffer(4096, kept: 64 * 1024, budget);
            Assert.Throws<MemoryBudgetException>(() => second.Write(new byte[500_000]));
        }

        Assert.Equal(0, budget.Held);
    }

    [Fact]
    public void Buffer_ThatGrows_KeepsItsBytes()
    {
        using var buffer = new PooledBuffer(256, kept: 1024, new MemoryBudget(1_000_000));
        var bytes = Enumerable.Range(0, 100_000).Select(static i => (byte)i).ToArray();

        foreach (var part in bytes.Chunk(700))
        {
            buffer.Write(part);
        }

        Assert.Equal(bytes, buffer.WrittenSpan.ToArray());
    }
}
