using System.IO.Pipelines;
using System.Text;
using Tepui.Sdk.Http;

namespace Tepui.Sdk.Tests.Http;

public sealed class HttpAnswerReaderTests
{
    private const string Three =
        "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"
        + "HTTP/1.1 100 Continue\r\n\r\n"
        + "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\ncontent-length: 5\r\n\r\nwrong"
        + "HTTP/1.1 503 Service Unavailable\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3;x=y\r\nnot\r\n4\r\n now\r\n0\r\nTrailer: 1\r\n\r\n";

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Read_AnswersCutAnywhere_ReadsAllOfThem(int piece)
    {
        var pipe = new Pipe();
        var reader = new HttpAnswerReader(pipe.Reader);
        var writing = WriteAsync(pipe.Writer, Encoding.ASCII.GetBytes(Three), piece);

        Assert.Equal(new CallAnswer(202, ""), await reader.ReadAsync(default));
        Assert.Equal(new CallAnswer(400, "wrong"), await reader.ReadAsync(default));
        Assert.False(reader.Closes);
        Assert.Equal(new CallAnswer(503, "not now"), await reader.ReadAsync(default));
        Assert.True(reader.Closes);
        Assert.Null(await reader.ReadAsync(default));
        await writing;
    }

    [Theory]
    [InlineData("HTTP/1.1 202 Acc")]
    [InlineData("HTTP/1.1 400 Bad Request\r\nContent-Length: 5\r\n\r\nwro")]
    [InlineData("garbage\r\n\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public async Task Read_BrokenAnswer_IsAnIOException(string text)
    {
        var pipe = new Pipe();
        await WriteAsync(pipe.Writer, Encoding.ASCII.GetBytes(text), 100_000);

        await Assert.ThrowsAsync<IOException>(async () => await new HttpAnswerReader(pipe.Reader).ReadAsync(default));
    }

    private static async Task WriteAsync(PipeWriter output, byte[] bytes, int piece)
    {
        for (var at = 0; at < bytes.Length; at += piece)
        {
            await output.WriteAsync(bytes.AsMemory(at, Math.Min(piece, bytes.Length - at)));
        }

        await output.CompleteAsync();
    }
}
