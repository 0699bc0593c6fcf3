using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Google.Protobuf;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Executor;
using Tepui.Sdk.Http;

namespace Tepui.Sdk.Executor;

/// <summary>An executor's side of the executor API: stays subscribed at its agent, tells what to do, and sends status updates until each is acknowledged.</summary>
/// <remarks>One loop is all there is to write: <c>await foreach (var wanted in client.RunAsync(stop))</c>. Updates may be sent from any thread.</remarks>
public sealed class ExecutorClient : IAsyncDisposable
{
    private static readonly TimeSpan SubscribeTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BackoffFirst = TimeSpan.FromMilliseconds(50);

    private readonly ExecutorOptions _options;
    private readonly Uri _target;
    private readonly Dictionary<string, string> _headers = new(StringComparer.Ordinal);
    private readonly HttpClient _http = StreamRequest.CreateClient();
    private readonly Channel<ExecutorEvent> _events = Channel.CreateUnbounded<ExecutorEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly UpdateLog _updates = new();
    private volatile CallConnection? _calls;
    private volatile CancellationTokenSource? _stream;
    private Task _connected = Task.CompletedTask;
    private int _runs;
    private int _subscriptions;

    /// <summary>Connects nothing yet.</summary>
    public ExecutorClient(ExecutorOptions options)
    {
        _options = options;
        _target = new(options.Agent, "/api/v1/executor");
        if (options.Token is { } token)
        {
            _headers["Authorization"] = $"Bearer {token}";
        }
    }

    /// <summary>Subscribes, and subscribes again whenever the agent is lost, until told to shut down or cancelled. May run once.</summary>
    /// <param name="cancel">Ends the loop and the connection.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set.</exception>
    public async IAsyncEnumerable<ExecutorEvent> RunAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        if (Interlocked.Exchange(ref _runs, 1) != 0)
        {
            throw new InvalidOperationException("RunAsync may be called once; make another client");
        }

        using var registration = cancel.Register(_stop.Cancel);
        _connected = Task.Run(() => StayConnectedAsync(_stop.Token), CancellationToken.None);
        await foreach (var wanted in _events.Reader.ReadAllAsync(cancel).ConfigureAwait(false))
        {
            yield return wanted;
            if (wanted is ExecutorEvent.Shutdown)
            {
                // The connection stays until the client is disposed of, for the last updates.
                yield break;
            }
        }
    }

    /// <summary>Reports the state of a task; kept and sent again until the agent acknowledges it.</summary>
    /// <param name="task">Which.</param>
    /// <param name="state">Any but staging.</param>
    /// <param name="message">For people.</param>
    /// <param name="fill">Sets more of the status: data, health, labels, reason.</param>
    public void Update(TaskId task, TaskState state, string? message = null, Action<TaskStatus>? fill = null)
    {
        var status = new TaskStatus
        {
            TaskId = task.ToWire(),
            State = state,
            Source = TaskStatus.Types.Source.Executor,
            ExecutorId = _options.Executor.ToWire(),
            Timestamp = (_options.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds,
            Uuid = ByteString.CopyFrom(Guid.NewGuid().ToByteArray(bigEndian: true)),
        };
        if (message is not null)
        {
            status.Message = message;
        }

        fill?.Invoke(status);
        _updates.Add(NewCall(Call.Types.Type.Update, call => call.Update = new() { Status = status }));
    }

    /// <summary>Sends bytes to the framework; best effort.</summary>
    public void Message(ByteString data) =>
        _calls?.Post(NewCall(Call.Types.Type.Message, call => call.Message = new() { Data = data }), Answered);

    /// <summary>Waits until the agent has acknowledged every update.</summary>
    public Task WhenAcknowledgedAsync(CancellationToken cancel = default) => _updates.WhenEmptyAsync().WaitAsync(cancel);

    /// <summary>Ends the connection at once; use <see cref="WhenAcknowledgedAsync"/> before.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _connected.ConfigureAwait(false);
        _http.Dispose();
        _stop.Dispose();
    }

    private Call NewCall(Call.Types.Type type, Action<Call>? fill = null)
    {
        var call = new Call { Type = type, ExecutorId = _options.Executor.ToWire(), FrameworkId = _options.Framework.ToWire() };
        fill?.Invoke(call);
        return call;
    }

    /// <summary>A refused update is dropped and told of. One without an answer makes us subscribe again, which carries it.</summary>
    private void Answered(IMessage message, CallAnswer answer)
    {
        var call = (Call)message;
        if (answer.IsSuccess)
        {
            return;
        }

        if (answer.Status == 400 && call.Type == Call.Types.Type.Update)
        {
            _updates.Remove(call.Update.Status.Uuid);
            _events.Writer.TryWrite(new ExecutorEvent.Failed($"UPDATE of task {call.Update.Status.TaskId.Value} was refused: {answer.Body}"));
        }
        else if (call.Type == Call.Types.Type.Update)
        {
            _stream?.Cancel();
        }
    }

    private async Task StayConnectedAsync(CancellationToken cancel)
    {
        var backoff = new Backoff(BackoffFirst, _options.SubscriptionBackoffMax);
        var lastSeen = _options.Time.GetTimestamp();
        try
        {
            while (true)
            {
                var (subscribed, reason) = await TryOnceAsync(backoff, cancel).ConfigureAwait(false);
                if (subscribed)
                {
                    lastSeen = _options.Time.GetTimestamp();
                    await _events.Writer.WriteAsync(new ExecutorEvent.Disconnected(reason), cancel).ConfigureAwait(false);
                }

                if ((subscribed && !_options.Checkpoint) || _options.Time.GetElapsedTime(lastSeen) > _options.RecoveryTimeout)
                {
                    await _events.Writer.WriteAsync(new ExecutorEvent.Shutdown($"The agent is lost: {reason}"), cancel).ConfigureAwait(false);
                    break;
                }

                await Task.Delay(backoff.Next(), _options.Time, cancel).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
        }

        _events.Writer.TryComplete();
    }

    private async Task<(bool Subscribed, string Reason)> TryOnceAsync(Backoff backoff, CancellationToken cancel)
    {
        var before = _subscriptions;
        try
        {
            var subscribe = NewCall(Call.Types.Type.Subscribe, call => call.Subscribe = _updates.Offer());
            using var response = await StreamRequest.PostAsync(_http, _target, subscribe, _headers, SubscribeTimeout, _options.Time, cancel).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                return (false, $"SUBSCRIBE was refused with {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancel).ConfigureAwait(false)}");
            }

            var events = new RecordStream(await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false), _options.Time);
            await using var closingEvents = events.ConfigureAwait(false);
            var calls = new CallConnection(_target, _headers, _options.Time);
            await using var closingCalls = calls.ConfigureAwait(false);
            using var stream = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            _stream = stream;
            await ReadAsync(events, calls, backoff, stream.Token).ConfigureAwait(false);
            return (_subscriptions > before, "the agent closed the stream");
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return (_subscriptions > before, e is OperationCanceledException ? "a call was not answered" : e.Message);
        }
        finally
        {
            _stream = null;
            _calls = null;
            _updates.Close();
        }
    }

    private async Task ReadAsync(RecordStream events, CallConnection calls, Backoff backoff, CancellationToken cancel)
    {
        while (await events.ReadAsync(Event.Parser, Timeout.InfiniteTimeSpan, cancel).ConfigureAwait(false) is { } wire)
        {
            if (Take(wire, calls, backoff) is { } wanted)
            {
                await _events.Writer.WriteAsync(wanted, cancel).ConfigureAwait(false);
            }
        }
    }

    private ExecutorEvent? Take(Event wire, CallConnection calls, Backoff backoff)
    {
        switch (wire.Type)
        {
            case Event.Types.Type.Subscribed:
                _calls = calls;
                _updates.Open(call => calls.Post(call, Answered));
                backoff.Reset();
                return new ExecutorEvent.Subscribed(wire.Subscribed, ++_subscriptions > 1);
            case Event.Types.Type.Launch:
                _updates.Launched(wire.Launch.Task);
                return new ExecutorEvent.Launch(wire.Launch.Task);
            case Event.Types.Type.LaunchGroup:
                foreach (var task in wire.LaunchGroup.TaskGroup.Tasks)
                {
                    _updates.Launched(task);
                }

                return new ExecutorEvent.LaunchGroup(wire.LaunchGroup.TaskGroup.Tasks);
            case Event.Types.Type.Acknowledged:
                _updates.Remove(wire.Acknowledged.Uuid);
                return null;
            case Event.Types.Type.Kill:
                return new ExecutorEvent.Kill(TaskId.From(wire.Kill.TaskId), wire.Kill.KillPolicy);
            case Event.Types.Type.Message:
                return new ExecutorEvent.MessageReceived(wire.Message.Data);
            case Event.Types.Type.Error:
                return new ExecutorEvent.Failed(wire.Error.Message);
            case Event.Types.Type.Shutdown:
                return new ExecutorEvent.Shutdown("The agent or the framework ends this executor");
            default:
                return null;
        }
    }
}
