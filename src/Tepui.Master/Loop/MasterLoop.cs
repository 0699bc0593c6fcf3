using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tepui.Master.Core;
using Tepui.Master.Core.Views;
using Tepui.Master.Registry;
using Tepui.Runtime.Mailboxes;

namespace Tepui.Master.Loop;

/// <summary>The one place where the core runs: takes inputs, makes what must last durable, then lets the rest out.</summary>
internal sealed class MasterLoop
{
    private readonly MasterCore _core;
    private readonly MasterRegistry _registry;
    private readonly Outside _outside;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<RequestId, TaskCompletionSource<MasterEffect.Reply>> _waiting = new();
    private long _lastRequest;
    private MasterView? _view;
    private bool _stepped = true;

    /// <summary>Prepares the loop; inputs may be posted, nothing runs before <see cref="RunAsync"/>.</summary>
    public MasterLoop(MasterCore core, MasterRegistry registry, Outside outside, TimeProvider time, ILogger logger)
    {
        _core = core;
        _registry = registry;
        _outside = outside;
        _time = time;
        _logger = logger;
        Mailbox = new Mailbox<MasterInput, MasterEffect>(new MailboxOptions<MasterInput, MasterEffect>
        {
            Name = "master",
            Step = Step,
            NextDeadline = () => _core.NextDeadline,
            Tick = new MasterInput.Tick(),
            RunEffects = RunEffectsAsync,
            Time = time,
        });
    }

    /// <summary>Where inputs go in.</summary>
    public Mailbox<MasterInput, MasterEffect> Mailbox { get; }

    /// <summary>Batches whose effects were carried out.</summary>
    public long Batches { get; private set; }

    /// <summary>Runs until <paramref name="stopping"/>; throws when the core or the registry failed.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await Mailbox.RunAsync(stopping);
        }
        finally
        {
            foreach (var (_, waiting) in _waiting)
            {
                waiting.TrySetException(new MailboxClosedException("master"));
            }
        }
    }

    /// <summary>Posts an input without waiting for its outcome.</summary>
    public ValueTask PostAsync(MasterInput input, CancellationToken cancel = default) => Mailbox.PostAsync(input, cancel);

    /// <summary>Posts that something ended; once the loop has ended nobody needs to know.</summary>
    public async ValueTask TellAsync(MasterInput input)
    {
        try
        {
            await Mailbox.PostAsync(input);
        }
        catch (MailboxClosedException)
        {
            // The master stops.
        }
    }

    /// <summary>Posts an input that is answered, and waits for the answer.</summary>
    public async Task<MasterEffect.Reply> CallAsync(Func<RequestId, MasterInput> input, CancellationToken cancel)
    {
        var request = new RequestId(Interlocked.Increment(ref _lastRequest));
        var answer = new TaskCompletionSource<MasterEffect.Reply>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[request] = answer;
        try
        {
            await Mailbox.PostAsync(input(request), cancel);
            if (Mailbox.Ended.IsCompleted)
            {
                throw new MailboxClosedException("master");
            }

            return await answer.Task.WaitAsync(cancel);
        }
        finally
        {
            _waiting.TryRemove(request, out _);
        }
    }

    /// <summary>What readers may see now. Taken at most once per batch, however many ask.</summary>
    public Task<MasterView> ViewAsync(CancellationToken cancel) => Mailbox.AskAsync(View, cancel);

    /// <summary>Takes a view in the loop, and lets <paramref name="also"/> act at the same moment: effects carried out later are not in the view.</summary>
    public Task<MasterView> ViewAsync(Action also, CancellationToken cancel) => Mailbox.AskAsync(
        () =>
        {
            also();
            return View();
        },
        cancel);

    private MasterView View()
    {
        if (_view is null || _stepped)
        {
            _view = _core.View(_time.GetUtcNow());
            _stepped = false;
        }

        return _view;
    }

    private void Step(MasterInput input, DateTimeOffset now, List<MasterEffect> effects)
    {
        _stepped = true;
        _core.Step(input, now, effects);
    }

    private async ValueTask RunEffectsAsync(List<MasterEffect> effects, CancellationToken stopping)
    {
        await _registry.CommitAsync(effects);
        foreach (var effect in effects)
        {
            if (effect is MasterEffect.Reply reply)
            {
                Answer(reply);
            }
            else
            {
                _outside.Run(effect);
            }
        }

        Batches++;
    }

    private void Answer(MasterEffect.Reply reply)
    {
        // A client that did not wait has taken its entry away.
        if (_waiting.TryRemove(reply.Request, out var waiting))
        {
            waiting.TrySetResult(reply);
        }
        else
        {
            _logger.ReplyWithoutClient(reply.Request.Value, reply.Status);
        }
    }
}
