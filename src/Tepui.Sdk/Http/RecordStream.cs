using System.IO.Pipelines;
using Google.Protobuf;
using Tepui.Protocol.RecordIo;

namespace Tepui.Sdk.Http;

/// <summary>Reads the messages of an event stream.</summary>
internal sealed class RecordStream : IAsyncDisposable
{
    private readonly Stream _source;
    private readonly TimeProvider _time;
    private readonly PipeReader _input;
    private readonly RecordReader _records;

    /// <summary>Reads from <paramref name="source"/>, which is closed with this.</summary>
    public RecordStream(Stream source, TimeProvider time)
    {
        _source = source;
        _time = time;
        _input = PipeReader.Create(source, new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        _records = new(_input);
    }

    /// <summary>The next message, or <see langword="null"/> when the stream ended.</summary>
    /// <param name="parser">Of the messages.</param>
    /// <param name="silenceMax">Longest time without a record.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="TimeoutException">None came for <paramref name="silenceMax"/>.</exception>
    /// <exception cref="IOException">The stream broke, or what came is not a record of a message.</exception>
    public async ValueTask<T?> ReadAsync<T>(MessageParser<T> parser, TimeSpan silenceMax, CancellationToken cancel)
        where T : class, IMessage<T>
    {
        try
        {
            var pending = _records.ReadAsync(cancel);
            var record = pending.IsCompletedSuccessfully
                ? await pending.ConfigureAwait(false)
                : await pending.AsTask().WaitAsync(silenceMax, _time, cancel).ConfigureAwait(false);
            return record is { } bytes ? parser.ParseFrom(bytes) : null;
        }
        catch (Exception e) when (e is RecordException or InvalidProtocolBufferException)
        {
            throw new IOException($"The event stream cannot be read: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync().ConfigureAwait(false);
        await _input.CompleteAsync().ConfigureAwait(false);
    }
}
