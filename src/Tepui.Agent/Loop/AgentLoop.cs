using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tepui.Agent.Checkpoints;
using Tepui.Agent.Core;
using Tepui.Agent.Core.Views;
using Tepui.Runtime.Mailboxes;
using Executor = Tepui.Protocol.V1.Executor;

namespace Tepui.Agent.Loop;

/// <summary>The one place where the core runs: takes inputs, writes what must be found again, then lets the rest out.</summary>
internal sealed class AgentLoop
{
    private readonly AgentCore _core;
    private readonly CheckpointStore _checkpoints;
    private readonly Outside _outside;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<RequestId, TaskCompletionSource<AgentEffect.Reply>> _waiting = new();
    private readonly Mailbox<AgentInput, AgentEffect> _mailbox;
    private long _lastRequest;
    private AgentView? _view;
    private bool _stepped = true;

    /// <summary>Prepares the loop; inputs may be posted, nothing runs before <see cref="RunAsync"/>.</summary>
    public AgentLoop(AgentCore core, CheckpointStore checkpoints, Outside outside, TimeProvider time, ILogger logger)
    {
        _core = core;
        _checkpoints = checkpoints;
        _outside = outside;
        _time = time;
        _logger = logger;
        _mailbox = new(new MailboxOptions<AgentInput, AgentEffect>
        {
            Name = "agent",
            Step = Step,
            NextDeadline = () => _core.NextDeadline,
            Tick = new AgentInput.Tick(),
            RunEffects = RunEffectsAsync,
            Time = time,
        });
    }

    /// <summary>Completes when the loop ended; faulted when it crashed.</summary>
    public Task Ended => _mailbox.Ended;

    /// <summary>Inputs that wait now.</summary>
    public int Waiting => _mailbox.Waiting;

    /// <summary>Runs until <paramref name="stopping"/>; throws when the core or the checkpoint store failed.</summary>
    /// <param name="first">Effects of the recovery, carried out before anything else.</param>
    /// <param name="stopping">Ends the loop after the batch at hand.</param>
    public async Task RunAsync(List<AgentEffect> first, CancellationToken stopping)
    {
        try
        {
            await RunEffectsAsync(first, stopping);
            await _mailbox.RunAsync(stopping);
        }
        finally
        {
            foreach (var (_, waiting) in _waiting)
            {
                waiting.TrySetException(new MailboxClosedException("agent"));
            }
        }
    }

    /// <summary>Posts an input without waiting for its outcome.</summary>
    public ValueTask PostAsync(AgentInput input, CancellationToken cancel = default) => _mailbox.PostAsync(input, cancel);

    /// <summary>Hands over a call of an executor, and waits for the answer.</summary>
    public async Task<AgentEffect.Reply> CallAsync(Executor.Call call, CancellationToken cancel)
    {
        var request = new RequestId(Interlocked.Increment(ref _lastRequest));
        var answer = new TaskCompletionSource<AgentEffect.Reply>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[request] = answer;
        try
        {
            await _mailbox.PostAsync(new AgentInput.ExecutorCall(request, call), cancel);
            if (_mailbox.Ended.IsCompleted)
            {
                throw new MailboxClosedException("agent");
            }

            return await answer.Task.WaitAsync(cancel);
        }
        finally
        {
            _waiting.TryRemove(request, out _);
        }
    }

    /// <summary>Why an executor's SUBSCRIBE must be refused now, or <see langword="null"/>.</summary>
    public Task<(int Status, string Body)?> MaySubscribeAsync(Executor.Call call, CancellationToken cancel) => _mailbox.AskAsync(() => _core.MaySubscribe(call), cancel);

    /// <summary>What readers may see now. Taken at most once per batch, however many ask.</summary>
    public Task<AgentView> ViewAsync(CancellationToken cancel) => _mailbox.AskAsync(View, cancel);

    private AgentView View()
    {
        if (_view is null || _stepped)
        {
            var view = _core.View(_time.GetUtcNow());
            _view = _view is { } before && before.Version == view.Version ? before : view;
            _stepped = false;
        }

        return _view;
    }

    private void Step(AgentInput input, DateTimeOffset now, List<AgentEffect> effects)
    {
        _stepped = true;
        _core.Step(input, now, effects);
    }

    private async ValueTask RunEffectsAsync(List<AgentEffect> effects, CancellationToken stopping)
    {
        await _checkpoints.CommitAsync(effects);
        foreach (var effect in effects)
        {
            if (effect is AgentEffect.Reply reply)
            {
                Answer(reply);
            }
            else
            {
                _outside.Run(effect);
            }
        }
    }

    private void Answer(AgentEffect.Reply reply)
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
