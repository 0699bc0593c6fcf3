using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Tepui.Jobs.Core;
using Tepui.Jobs.Core.Notices;
using Tepui.Jobs.Notices;
using Tepui.Runtime.Metrics;

namespace Tepui.Jobs.Tests.Notices;

public sealed class NotifierTests
{
    private readonly ConcurrentQueue<JobsInput.Notified> _answers = new();
    private readonly MetricRegistry _metrics = new();

    [Fact]
    public async Task Tell_OnAllChannels_AnswersOnceWithWhoHasIt()
    {
        var good = new FakeChannel("good", "good:a", "good:b");
        var bad = new FakeChannel("bad", "bad") { Answer = _ => NoticeResult.Failed("no") };
        var final = new FakeChannel("final", "final") { Answer = _ => NoticeResult.Refused("never") };
        var broken = new FakeChannel("broken", "broken") { Answer = _ => throw new InvalidOperationException("oops") };
        await using var notifier = Notifier(good, bad, final, broken);

        notifier.Tell(A.Notice() with { Told = ["good:b"] });

        var answer = await AnswerAsync();
        Assert.Equal(42, answer.Notice);
        Assert.Equal(["good:a", "final"], answer.Told);
        Assert.Equal("bad: no; broken: oops", answer.Problem);
        Assert.Equal(["good:a"], good.Asked);
        Assert.Equal((1, 0, 0, 1), (Count("good.told"), Count("good.failed"), Count("bad.told"), Count("bad.failed")));
    }

    [Fact]
    public async Task Tell_WithNobodyLeftToTell_AnswersThatAllHaveIt()
    {
        await using var notifier = Notifier(new FakeChannel("a", "a"));

        notifier.Tell(A.Notice() with { Told = ["a"] });

        Assert.Null((await AnswerAsync()).Problem);
    }

    [Fact]
    public async Task Tell_OverASlowChannel_KeepsNoOtherWaiting()
    {
        var slow = new FakeChannel("slow", "slow") { Hangs = true, Takes = notice => notice.Sequence < 100 };
        var quick = new FakeChannel("quick", "quick");
        await using var notifier = Notifier(slow, quick);

        for (var sequence = 0; sequence < 100; sequence++)
        {
            notifier.Tell(A.Notice() with { Sequence = sequence });
        }

        notifier.Tell(A.Notice() with { Sequence = 100 });

        Assert.Equal((100, null), ((await AnswerAsync()).Notice, (await AnswerAsync()).Problem));
        await Wait.UntilAsync(() => quick.Asked.Count == 101, () => $"all were told quickly; {quick.Asked.Count} were");
        Assert.Equal(8, slow.Asked.Count);
    }

    [Fact]
    public async Task Dispose_WhileTelling_EndsAndAnswersNothing()
    {
        var slow = new FakeChannel("slow", "slow") { Hangs = true };
        var notifier = Notifier(slow);
        notifier.Tell(A.Notice());
        await Wait.UntilAsync(() => slow.Asked.Count == 1, () => "the channel was asked");

        await notifier.DisposeAsync().AsTask().WaitAsync(Wait.Limit);

        Assert.Empty(_answers);
    }

    private Notifier Notifier(params INoticeChannel[] channels) => new(
        channels,
        input =>
        {
            _answers.Enqueue((JobsInput.Notified)input);
            return ValueTask.CompletedTask;
        },
        _metrics,
        TimeProvider.System,
        NullLogger.Instance);

    private async Task<JobsInput.Notified> AnswerAsync()
    {
        await Wait.UntilAsync(() => !_answers.IsEmpty, () => "there is an answer");
        return Assert.Single(_answers);
    }

    private double Count(string name) => _metrics.Read().Single(sample => sample.Name == $"notices.{name}").Value;

    private sealed class FakeChannel(string name, params string[] targets) : INoticeChannel
    {
        public string Name => name;

        public ConcurrentQueue<string> Asked { get; } = new();

        public bool Hangs { get; init; }

        public Func<Notice, bool> Takes { get; init; } = _ => true;

        public Func<string, NoticeResult> Answer { get; init; } = _ => NoticeResult.Told;

        public IReadOnlyList<string> Targets(Notice notice) => Takes(notice) ? targets : [];

        public async Task<NoticeResult> SendAsync(Notice notice, string target, CancellationToken cancel)
        {
            Asked.Enqueue(target);
            if (Hangs)
            {
                await Task.Delay(Timeout.Infinite, cancel);
            }

            return Answer(target);
        }
    }
}
