using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Tepui.Runtime.Mailboxes;

/// <summary>
/// The loop of every shell: takes inputs in batches, steps the core, carries out the effects, and again. All code of the core runs
/// in this loop, one step at a time. When a step or an effect throws, the loop ends for good and <see cref="RunAsync"/> rethrows:
/// state in memory is not to be trusted then, and the host stops so that the process can start again from what is durable.
/// </summary>
/// <typeparam name="TInput">Inputs of the core.</typeparam>
/// <typeparam name="TEffect">Effects of the core.</typeparam>
public sealed class Mailbox<TInput, TEffect>
    where TInput : class
{
    private readonly MailboxOptions<TInput, TEffect> _options;
    private readonly Channel<TInput?> _inputs;
    private readonly ConcurrentQueue<IQuestion> _questions = new();
    private readonly List<TEffect> _effects = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _alarm;
    private DateTimeOffset? _alarmAt;
    private int _started;

    /// <summary>Prepares the loop; inputs may be posted already, nothing runs before <see cref="RunAsync"/>.</summary>
    public Mailbox(MailboxOptions<TInput, TEffect> options)
    {
        _options = options;
        _inputs = Channel.CreateBounded<TInput?>(new BoundedChannelOptions(options.Capacity)
        {
            SingleReader = true,
            FullMode = BoundedChannelFullMode.Wait,
            AllowSynchronousContinuations = false,
        });

        // An empty entry wakes the loop; when the mailbox is full it is awake anyway.
        _alarm = options.Time.CreateTimer(_ => _inputs.Writer.TryWrite(null), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Inputs that wait now.</summary>
    public int Waiting => _inputs.Reader.Count;

    /// <summary>Completes when the loop ended; faulted when it crashed.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Posts an input unless the mailbox is full or the loop has ended. The caller decides what a refusal means to its client (503).</summary>
    public bool TryPost(TInput input) => _inputs.Writer.TryWrite(input);

    /// <summary>Posts an input, waiting for room: back-pressure for links and streams.</summary>
    /// <exception cref="MailboxClosedException">The loop has ended.</exception>
    public ValueTask PostAsync(TInput input, CancellationToken cancel = default)
    {
        if (_inputs.Writer.TryWrite(input))
        {
            return default;
        }

        return PostSlowlyAsync(input, cancel);
    }

    /// <summary>Runs <paramref name="question"/> in the loop between two batches, after the effects of the last one: what it sees is durable and consistent.</summary>
    /// <exception cref="MailboxClosedException">The loop has ended.</exception>
    public Task<T> AskAsync<T>(Func<T> question, CancellationToken cancel = default)
    {
        var asked = new Question<T>(question);
        _questions.Enqueue(asked);
        _inputs.Writer.TryWrite(null);
        if (_ended.Task.IsCompleted)
        {
            RefuseQuestions();
        }

        return cancel.CanBeCanceled ? asked.Answer.WaitAsync(cancel) : asked.Answer;
    }

    /// <summary>The loop itself; returns when <paramref name="stopping"/> is cancelled and the batch at hand is done.</summary>
    /// <exception cref="InvalidOperationException">It runs already.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
        {
            throw new InvalidOperationException($"The mailbox of {_options.Name} runs already.");
        }

        try
        {
            SetAlarm();
            while (await _inputs.Reader.WaitToReadAsync(stopping))
            {
                StepBatch();
                if (_effects.Count > 0)
                {
                    await _options.RunEffects(_effects, stopping);
                    _effects.Clear();
                }

                AnswerQuestions();
                SetAlarm();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Asked to stop.
        }
        catch (Exception e)
        {
            _ended.TrySetException(e);
            throw;
        }
        finally
        {
            await _alarm.DisposeAsync();
            _inputs.Writer.TryComplete();
            _ended.TrySetResult();
            RefuseQuestions();
        }
    }

    private void StepBatch()
    {
        for (var taken = 0; taken < _options.BatchMax && _inputs.Reader.TryRead(out var input); taken++)
        {
            if (input is not null)
            {
                _options.Step(input, _options.Time.GetUtcNow(), _effects);
            }
        }

        var now = _options.Time.GetUtcNow();
        if (_options.NextDeadline() <= now)
        {
            _options.Step(_options.Tick, now, _effects);
        }
    }

    private void SetAlarm()
    {
        var next = _options.NextDeadline();
        if (next == _alarmAt && next is null)
        {
            return;
        }

        // A deadline in the past rings at once; the loop then ticks again. Rounded up, so that it never rings a moment too early.
        _alarmAt = next;
        var wait = next is { } due ? due - _options.Time.GetUtcNow() : Timeout.InfiniteTimeSpan;
        _alarm.Change(next is null ? wait : RoundedUp(wait), Timeout.InfiniteTimeSpan);
    }

    private TimeSpan RoundedUp(TimeSpan wait)
    {
        if (wait <= TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        return wait >= _options.AlarmMost ? _options.AlarmMost : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
    }

    private async ValueTask PostSlowlyAsync(TInput input, CancellationToken cancel)
    {
        try
        {
            await _inputs.Writer.WriteAsync(input, cancel);
        }
        catch (ChannelClosedException)
        {
            throw new MailboxClosedException(_options.Name);
        }
    }

    private void AnswerQuestions()
    {
        while (_questions.TryDequeue(out var question))
        {
            question.Run();
        }
    }

    private void RefuseQuestions()
    {
        while (_questions.TryDequeue(out var question))
        {
            question.Refuse(new MailboxClosedException(_options.Name));
        }
    }

    private interface IQuestion
    {
        public void Run();

        public void Refuse(Exception why);
    }

    private sealed class Question<T>(Func<T> ask) : IQuestion
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Answer => _answer.Task;

        public void Run()
        {
            try
            {
                _answer.TrySetResult(ask());
            }
            catch (Exception e)
            {
                _answer.TrySetException(e);
            }
        }

        public void Refuse(Exception why) => _answer.TrySetException(why);
    }
}
