using System.Collections.Concurrent;

namespace Tepui.Runtime.Mailboxes;

/// <summary>
/// The loop of a component around its core: inputs go in, what must last is made durable in one write per batch, then answers and the other
/// effects go out. Readers get views, which are taken at most once per batch, however many ask.
/// </summary>
/// <typeparam name="TInput">Inputs of the core.</typeparam>
/// <typeparam name="TEffect">Effects of the core.</typeparam>
/// <typeparam name="TReply">The effect that answers a request.</typeparam>
/// <typeparam name="TView">What readers see.</typeparam>
public abstract class CoreLoop<TInput, TEffect, TReply, TView>
    where TInput : class
    where TEffect : class
    where TReply : class, TEffect
    where TView : class
{
    private readonly string _name;
    private readonly TimeProvider _time;
    private readonly Mailbox<TInput, TEffect> _mailbox;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<TReply>> _waiting = new();
    private long _lastRequest;
    private TView? _view;
    private bool _stepped = true;

    /// <summary>Prepares the loop; inputs may be posted, nothing runs before <see cref="RunAsync(CancellationToken)"/>.</summary>
    /// <param name="name">Name in errors, as in <c>master</c>.</param>
    /// <param name="tick">The input that says that time passed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="alarmMost">As <see cref="MailboxOptions{TInput,TEffect}.AlarmMost"/>.</param>
    protected CoreLoop(string name, TInput tick, TimeProvider time, TimeSpan? alarmMost = null)
    {
        _name = name;
        _time = time;
        var options = new MailboxOptions<TInput, TEffect>
        {
            Name = name,
            Step = StepCore,
            NextDeadline = () => NextDeadline,
            Tick = tick,
            RunEffects = RunEffectsAsync,
            Time = time,
        };
        _mailbox = new Mailbox<TInput, TEffect>(alarmMost is { } most ? options with { AlarmMost = most } : options);
    }

    /// <summary>Inputs that wait now.</summary>
    public int Waiting => _mailbox.Waiting;

    /// <summary>Completes when the loop ended; faulted when it crashed.</summary>
    public Task Ended => _mailbox.Ended;

    /// <summary>Batches whose effects were carried out.</summary>
    public long Batches { get; private set; }

    /// <summary>When the core wants its next tick.</summary>
    protected abstract DateTimeOffset? NextDeadline { get; }

    /// <summary>Runs until <paramref name="stopping"/>; throws when the core or the store failed.</summary>
    public Task RunAsync(CancellationToken stopping) => RunAsync([], stopping);

    /// <summary>Runs until <paramref name="stopping"/>; throws when the core or the store failed.</summary>
    /// <param name="first">Effects carried out before anything else, as those of a recovery.</param>
    /// <param name="stopping">Ends the loop after the batch at hand.</param>
    public async Task RunAsync(List<TEffect> first, CancellationToken stopping)
    {
        try
        {
            if (first.Count > 0)
            {
                await RunEffectsAsync(first, stopping);
            }

            await _mailbox.RunAsync(stopping);
        }
        finally
        {
            foreach (var (_, waiting) in _waiting)
            {
                waiting.TrySetException(new MailboxClosedException(_name));
            }
        }
    }

    /// <summary>Posts an input without waiting for its outcome.</summary>
    /// <exception cref="MailboxClosedException">The loop has ended.</exception>
    public ValueTask PostAsync(TInput input, CancellationToken cancel = default) => _mailbox.PostAsync(input, cancel);

    /// <summary>Posts news; once the loop has ended nobody needs them.</summary>
    public async ValueTask TellAsync(TInput input)
    {
        try
        {
            await _mailbox.PostAsync(input);
        }
        catch (MailboxClosedException)
        {
            // The component stops.
        }
    }

    /// <summary>What readers may see now.</summary>
    /// <exception cref="MailboxClosedException">The loop has ended.</exception>
    public Task<TView> ViewAsync(CancellationToken cancel) => AskAsync(View, cancel);

    /// <summary>Takes a view in the loop, and lets <paramref name="also"/> act at the same moment: effects carried out later are not in the view.</summary>
    /// <exception cref="MailboxClosedException">The loop has ended.</exception>
    public Task<TView> ViewAsync(Action also, CancellationToken cancel) => AskAsync(
        () =>
        {
            also();
            return View();
        },
        cancel);

    /// <summary>Runs <paramref name="question"/> in the loop between two batches.</summary>
    /// <exception cref="MailboxClosedException">The loop has ended.</exception>
    protected Task<T> AskAsync<T>(Func<T> question, CancellationToken cancel) => _mailbox.AskAsync(question, cancel);

    /// <summary>Posts the input made for a fresh request number, and waits for the reply that bears it.</summary>
    /// <exception cref="MailboxClosedException">The loop has ended, or ends before it answers.</exception>
    protected async Task<TReply> RequestAsync(Func<long, TInput> input, CancellationToken cancel)
    {
        var request = Interlocked.Increment(ref _lastRequest);
        var answer = new TaskCompletionSource<TReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[request] = answer;
        try
        {
            await _mailbox.PostAsync(input(request), cancel);
            if (_mailbox.Ended.IsCompleted)
            {
                throw new MailboxClosedException(_name);
            }

            return await answer.Task.WaitAsync(cancel);
        }
        finally
        {
            _waiting.TryRemove(request, out _);
        }
    }

    /// <summary>The core's step.</summary>
    protected abstract void Step(TInput input, DateTimeOffset now, List<TEffect> effects);

    /// <summary>Takes a view of the core.</summary>
    /// <param name="now">The time.</param>
    /// <param name="before">The view taken last, to be given again when nothing of it changed.</param>
    protected abstract TView TakeView(DateTimeOffset now, TView? before);

    /// <summary>Makes the durable effects of a batch durable, in one write. When it throws, nothing of the batch goes out and the loop ends.</summary>
    protected abstract ValueTask CommitAsync(List<TEffect> effects);

    /// <summary>Carries out an effect that is neither durable nor a reply; does not wait.</summary>
    protected abstract void Run(TEffect effect);

    /// <summary>The number of the request that a reply answers.</summary>
    protected abstract long NumberOf(TReply reply);

    /// <summary>A reply came when its client had left.</summary>
    protected abstract void Unclaimed(TReply reply);

    private TView View()
    {
        if (_view is null || _stepped)
        {
            _view = TakeView(_time.GetUtcNow(), _view);
            _stepped = false;
        }

        return _view;
    }

    private void StepCore(TInput input, DateTimeOffset now, List<TEffect> effects)
    {
        _stepped = true;
        Step(input, now, effects);
    }

    private async ValueTask RunEffectsAsync(List<TEffect> effects, CancellationToken stopping)
    {
        await CommitAsync(effects);
        foreach (var effect in effects)
        {
            if (effect is TReply reply)
            {
                Answer(reply);
            }
            else
            {
                Run(effect);
            }
        }

        Batches++;
    }

    private void Answer(TReply reply)
    {
        // A client that did not wait has taken its entry away.
        if (_waiting.TryRemove(NumberOf(reply), out var waiting))
        {
            waiting.TrySetResult(reply);
        }
        else
        {
            Unclaimed(reply);
        }
    }
}
