using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Tepui.Protocol.RecordIo;

namespace Tepui.Protocol.Tests.RecordIo;

public sealed class RecordTests
{
    private static readonly string[] Records = ["hello", "", "a\nb\n5\n", new('x', 5000), "{\"type\":\"HEARTBEAT\"}"];

    [Fact]
    public async Task Reader_EverySplit_GivesTheSameRecords()
    {
        var bytes = Encoded();

        for (var split = 0; split <= bytes.Length; split++)
        {
            Assert.Equal(Records, await ReadAll([bytes[..split], bytes[split..]]));
        }
    }

    [Fact]
    public async Task Reader_ByteByByte_GivesTheSameRecords() =>
        Assert.Equal(Records, await ReadAll(Encoded().Select(b => new[] { b })));

    [Fact]
    public async Task Reader_CutAnywhere_SaysSoUnlessBetweenRecords()
    {
        var bytes = Encoded();
        var ends = new HashSet<int> { 0 };
        foreach (var record in Records)
        {
            ends.Add(ends.Max() + record.Length.ToString().Length + 1 + record.Length);
        }

        for (var length = 0; length < bytes.Length; length++)
        {
            if (ends.Contains(length))
            {
                Assert.Equal(ends.Order().ToList().IndexOf(length), (await ReadAll([bytes[..length]])).Count);
            }
            else
            {
                var error = await Assert.ThrowsAsync<RecordException>(() => ReadAll([bytes[..length]]));
                Assert.Contains("ended within a record", error.Message);
            }
        }
    }

    [Theory]
    [InlineData("x5\nhello", "'x5'")]
    [InlineData("\nhello", "''")]
    [InlineData("-1\nhello", "'-1'")]
    [InlineData(" 5\nhello", "' 5'")]
    [InlineData("5\r\nhello", "'5?'")]
    [InlineData("000000000000000000000000005\nhello", "'000000000000000000000'")]
    [InlineData("GET / HTTP/1.1\r\n", "'GET / HTTP/1.1?'")]
    public async Task Reader_BadLength_SaysWhatStoodThere(string text, string quoted)
    {
        var error = await Assert.ThrowsAsync<RecordException>(() => ReadAll([Encoding.ASCII.GetBytes(text)]));

        Assert.Contains(quoted, error.Message);
    }

    [Theory]
    [InlineData("11\n")]
    [InlineData("99999999999999999999\n")]
    public async Task Reader_OverTheLimit_RefusesBeforeTheBytesCome(string text)
    {
        var error = await Assert.ThrowsAsync<RecordException>(() => ReadAll([Encoding.ASCII.GetBytes(text)], limit: 10));

        Assert.Contains("larger than the limit of 10 bytes", error.Message);
    }

    [Fact]
    public async Task Reader_AtTheLimit_Reads() => Assert.Equal(["0123456789"], await ReadAll(["10\n0123456789"u8.ToArray()], limit: 10));

    [Fact]
    public async Task Reader_Cancelled_Throws()
    {
        var pipe = new Pipe();
        using var cancel = new CancellationTokenSource();
        var read = new RecordReader(pipe.Reader).ReadAsync(cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
    }

    private static byte[] Encoded()
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var record in Records)
        {
            RecordWriter.Write(output, Encoding.UTF8.GetBytes(record));
        }

        return output.WrittenSpan.ToArray();
    }

    private static async Task<List<string>> ReadAll(IEnumerable<byte[]> parts, int limit = RecordReader.DefaultMaxRecord)
    {
        var pipe = new Pipe();
        var reader = new RecordReader(pipe.Reader, limit);
        var records = new List<string>();
        var reading = Task.Run(async () =>
        {
            while (await reader.ReadAsync(CancellationToken.None) is { } record)
            {
                records.Add(Encoding.UTF8.GetString(record));
            }
        });
        foreach (var part in parts)
        {
            await pipe.Writer.WriteAsync(part);
        }

        await pipe.Writer.CompleteAsync();
        await reading;
        return records;
    }
}
