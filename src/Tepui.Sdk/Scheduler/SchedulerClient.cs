using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Google.Protobuf;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Sdk.Http;
using Tepui.Sdk.Tasks;

namespace Tepui.Sdk.Scheduler;

/// <summary>A framework's side of the scheduler API: stays subscribed at the leading master, tells what happens, and sends calls.</summary>
/// <remarks>
/// One loop is all there is to write: <c>await foreach (var happened in client.RunAsync(stop))</c>.
/// Calls may be made from any thread; see <see cref="SchedulerCalls"/> for one method per call.
/// </remarks>
public sealed class SchedulerClient : IAsyncDisposable
{
    private readonly SchedulerOptions _options;
    private readonly Uri[] _masters;
    private volatile FrameworkInfo _framework;
    private readonly HttpClient _http;
    private readonly Channel<SchedulerEvent> _events;
    private readonly CancellationTokenSource _stop = new();
    private volatile Subscription? _subscription;
    private Task _connected = Task.CompletedTask;
    private int _runs;
    private int _subscriptions;

    /// <summary>Checks the options; connects nothing yet.</summary>
    /// <exception cref="ArgumentException">No master is named, or an address is none.</exception>
    public SchedulerClient(SchedulerOptions options)
    {
        _options = options;
        _masters = [.. options.Masters.Select(MasterAddress.Parse)];
        if (_masters.Length == 0)
        {
            throw new ArgumentException("At least one master is needed, as HOST:PORT", nameof(options));
        }

        _framework = options.Framework.Clone();
        _http = StreamRequest.CreateClient();
        _events = Channel.CreateBounded<SchedulerEvent>(new BoundedChannelOptions(options.EventsAheadMax) { SingleReader = true });
    }

    /// <summary>Our id; unset before the first subscription unless the options gave one.</summary>
    public FrameworkId FrameworkId => FrameworkId.From(_framework.Id);

    /// <summary>Whether calls can be made now.</summary>
    public bool IsSubscribed => _subscription is not null;

    /// <summary>The tasks that are not over.</summary>
    public TaskTracker Tasks { get; } = new();

    /// <summary>Subscribes, and subscribes again whenever the master is lost, until cancelled. May run once.</summary>
    /// <remarks>An update is acknowledged once the next event is asked for: what the loop body did with it is done by then. Leaving the loop leaves the last one unacknowledged, and the connection open for last calls until the client is disposed of.</remarks>
    /// <param name="cancel">Ends the loop and the connection; the framework stays known to the master for its failover timeout.</param>
    /// <exception cref="FrameworkErrorException">The master will not have this framework.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set.</exception>
    public async IAsyncEnumerable<SchedulerEvent> RunAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        if (Interlocked.Exchange(ref _runs, 1) != 0)
        {
            throw new InvalidOperationException("RunAsync may be called once; make another client");
        }

        using var ending = cancel.Register(_stop.Cancel);
        _connected = Task.Run(() => StayConnectedAsync(_stop.Token), CancellationToken.None);
        await foreach (var happened in _events.Reader.ReadAllAsync(cancel).ConfigureAwait(false))
        {
            yield return happened;
            if (_options.AutoAcknowledge && happened is SchedulerEvent.Updated { Status.HasUuid: true } update)
            {
                this.Acknowledge(update.Status);
            }
        }
    }

    /// <summary>Sends a call without waiting for its answer. Calls arrive in the order they were posted; a failure comes as <see cref="SchedulerEvent.CallFailed"/>.</summary>
    /// <param name="call">The framework id is filled in. Must not change any more.</param>
    public void Post(Call call)
    {
        Complete(call);
        if (_subscription is { } subscription)
        {
            subscription.Calls.Post(call, Answered);
        }
        else
        {
            Answered(call, NotSubscribed);
        }
    }

    /// <summary>Sends a call and waits until the master took it.</summary>
    /// <param name="call">The framework id is filled in. Must not change any more.</param>
    /// <param name="cancel">Ends the wait; the call may still arrive.</param>
    /// <exception cref="CallFailedException">It was refused, or no answer came.</exception>
    public async Task SendAsync(Call call, CancellationToken cancel = default)
    {
        Complete(call);
        var answer = _subscription is { } subscription ? await subscription.Calls.SendAsync(call, cancel).ConfigureAwait(false) : NotSubscribed;
        if (!answer.IsSuccess)
        {
            throw new CallFailedException(Name(call), answer);
        }
    }

    /// <summary>Tells the master other settings of the framework, now and at every later subscription. A failure comes as <see cref="SchedulerEvent.CallFailed"/>.</summary>
    /// <param name="framework">Id, user, principal and checkpoint must stay; the id is filled in.</param>
    public void ChangeFramework(FrameworkInfo framework)
    {
        var changed = framework.Clone();
        changed.Id = _framework.Id;
        _framework = changed;
        if (IsSubscribed)
        {
            Post(new() { Type = Call.Types.Type.UpdateFramework, UpdateFramework = new() { FrameworkInfo = changed } });
        }
    }

    /// <summary>Tells the master other settings of the framework and waits until it took them; only then are they those of later subscriptions.</summary>
    /// <param name="framework">Id, user, principal and checkpoint must stay; the id is filled in.</param>
    /// <param name="cancel">Ends the wait; the call may still arrive.</param>
    /// <exception cref="CallFailedException">They were refused, or no answer came; the settings of before stay.</exception>
    public async Task ChangeFrameworkAsync(FrameworkInfo framework, CancellationToken cancel = default)
    {
        var changed = framework.Clone();
        changed.Id = _framework.Id;
        await SendAsync(new() { Type = Call.Types.Type.UpdateFramework, UpdateFramework = new() { FrameworkInfo = changed } }, cancel).ConfigureAwait(false);
        _framework = changed;
    }

    /// <summary>Ends the connection, and <see cref="RunAsync"/> if it still runs; the framework stays known to the master for its failover timeout.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _connected.ConfigureAwait(false);
        _events.Writer.TryComplete();
        _http.Dispose();
        _stop.Dispose();
    }

    private static CallAnswer NotSubscribed => new(0, "The framework is not subscribed now");

    private static string Name(Call call) => call.Type.ToString().ToUpperInvariant();

    private void Complete(Call call)
    {
        call.FrameworkId ??= _framework.Id;
        if (_options.TrackTasks)
        {
            Tasks.Launched(call, _options.Time.GetUtcNow());
        }
    }

    private void Answered(IMessage call, CallAnswer answer)
    {
        // An acknowledgement that did not arrive needs no care: its update comes again.
        if (!answer.IsSuccess && ((Call)call).Type != Call.Types.Type.Acknowledge)
        {
            var failed = new SchedulerEvent.CallFailed((Call)call, answer);
            if (!_events.Writer.TryWrite(failed))
            {
                _ = TellLaterAsync(failed);
            }
        }
    }

    // The queue of events is full. Whoever launched tasks with this call must hear of it all the same: no update will come for them.
    private async Task TellLaterAsync(SchedulerEvent failed)
    {
        try
        {
            await _events.Writer.WriteAsync(failed, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ChannelClosedException or OperationCanceledException or ObjectDisposedException)
        {
            // Nobody reads any more.
        }
    }

    private async Task StayConnectedAsync(CancellationToken cancel)
    {
        var backoff = new Backoff(_options.BackoffMin, _options.BackoffMax);
        Exception? end = null;
        try
        {
            for (var attempt = 0; ; attempt++)
            {
                await TryOnceAsync(_masters[attempt % _masters.Length], backoff, cancel).ConfigureAwait(false);
                await Task.Delay(backoff.Next(), _options.Time, cancel).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception e)
        {
            // Goes to whoever reads the events.
            end = e;
        }

        _events.Writer.TryComplete(end);
    }

    private async Task TryOnceAsync(Uri master, Backoff backoff, CancellationToken cancel)
    {
        using var session = new Session(this, backoff);
        string reason;
        try
        {
            var subscription = await Subscription.OpenAsync(_http, master, SubscribeCall(), _options, cancel).ConfigureAwait(false);
            await using var closing = subscription.ConfigureAwait(false);
            try
            {
                await session.ReadAsync(subscription, cancel).ConfigureAwait(false);
                reason = "The master closed the stream";
            }
            finally
            {
                _subscription = null;
                await session.EndAsync().ConfigureAwait(false);
            }
        }
        catch (TimeoutException)
        {
            reason = "The master was silent for too long";
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            reason = e.Message;
        }

        if (session.IsSubscribed)
        {
            await _events.Writer.WriteAsync(new SchedulerEvent.Disconnected(reason), cancel).ConfigureAwait(false);
        }
    }

    private Call SubscribeCall()
    {
        var call = new Call { Type = Call.Types.Type.Subscribe, Subscribe = new() { FrameworkInfo = _framework, OfferConstraints = _options.OfferConstraints } };
        call.Subscribe.SuppressedRoles.AddRange(_options.SuppressedRoles);
        call.FrameworkId = _framework.Id;
        return call;
    }

    /// <summary>One subscription as it runs.</summary>
    private sealed class Session(SchedulerClient client, Backoff backoff) : IDisposable
    {
        private static readonly TimeSpan FirstEventMax = TimeSpan.FromSeconds(30);

        private readonly CancellationTokenSource _over = new();
        private Task _reconciling = Task.CompletedTask;

        public bool IsSubscribed { get; private set; }

        public async Task ReadAsync(Subscription subscription, CancellationToken cancel)
        {
            var silenceMax = FirstEventMax;
            while (await subscription.Events.ReadAsync(Event.Parser, silenceMax, cancel).ConfigureAwait(false) is { } wire)
            {
                if (wire.Type == Event.Types.Type.Subscribed)
                {
                    silenceMax = Begin(subscription, wire.Subscribed);
                }

                if (EventReader.Read(wire, client._options.TrackTasks ? client.Tasks : null, client._options.Time.GetUtcNow(), again: client._subscriptions > 1) is { } happened)
                {
                    await client._events.Writer.WriteAsync(happened, cancel).ConfigureAwait(false);
                }
            }
        }

        public async Task EndAsync()
        {
            await _over.CancelAsync().ConfigureAwait(false);
            await _reconciling.ConfigureAwait(false);
        }

        public void Dispose() => _over.Dispose();

        /// <summary>Takes the subscription in; gives the longest silence to bear from now on.</summary>
        private TimeSpan Begin(Subscription subscription, Event.Types.Subscribed subscribed)
        {
            var knew = client._framework.Id is not null;
            var framework = client._framework.Clone();
            framework.Id = subscribed.FrameworkId;
            client._framework = framework;
            client._subscription = subscription;
            client._subscriptions++;
            IsSubscribed = true;
            backoff.Reset();
            var reconciler = new Reconciler(client.Tasks, client.Post, client._options);
            _reconciling = reconciler.RunAsync(atOnce: knew || client.Tasks.Count > 0, _over.Token);
            return subscribed.HasHeartbeatIntervalSeconds
                ? TimeSpan.FromSeconds(subscribed.HeartbeatIntervalSeconds * client._options.HeartbeatsMissedMax)
                : Timeout.InfiniteTimeSpan;
        }
    }
}
