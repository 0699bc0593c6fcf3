using System.Buffers;
using System.IO.Compression;

namespace Tepui.Runtime.Http;

/// <summary>Packs response bodies and unpacks request bodies.</summary>
internal static class Gzip
{
    /// <summary>Appends the compressed <paramref name="body"/> to <paramref name="output"/>; tuned for speed, since it competes with the network of a cluster.</summary>
    public static void Compress(ReadOnlySpan<byte> body, PooledBuffer output)
    {
        using var stream = new BufferWriterStream(output);
        using var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
        gzip.Write(body);
    }

    /// <summary>Unpacks into <paramref name="output"/>, at most <paramref name="limit"/> bytes.</summary>
    /// <returns><see langword="false"/> when the unpacked body is larger than that.</returns>
    /// <exception cref="InvalidDataException">The bytes are not gzip.</exception>
    public static bool TryDecompress(ReadOnlyMemory<byte> packed, PooledBuffer output, long limit)
    {
        using var input = new ReadOnlySequenceStream(packed);
        using var gzip = new GZipStream(input, CompressionMode.Decompress);
        while (true)
        {
            var read = gzip.Read(output.GetSpan(16 * 1024));
            if (read == 0)
            {
                return true;
            }

            output.Advance(read);
            if (output.WrittenCount > limit)
            {
                return false;
            }
        }
    }

    private sealed class ReadOnlySequenceStream(ReadOnlyMemory<byte> bytes) : Stream
    {
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _at; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, bytes.Length - _at);
            bytes.Span.Slice(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private sealed class BufferWriterStream(IBufferWriter<byte> output) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => output.Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer) => output.Write(buffer);
    }
}
