using System.Collections.Concurrent;
using Tepui.Runtime.Mailboxes;

namespace Tepui.Runtime.Tests.Mailboxes;

public sealed class MailboxTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Post_ManyFromManyThreads_AreSteppedOnceEachInOrder()
    {
        await using var shell = new Shell();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < 1000; i++)
            {
                await shell.Mailbox.PostAsync($"{thread}:{i}");
            }
        })));

        var stepped = await shell.Mailbox.AskAsync(() => shell.Stepped.ToList()).WaitAsync(s_limit);
        while (stepped.Count < 4000)
        {
            stepped = await shell.Mailbox.AskAsync(() => shell.Stepped.ToList()).WaitAsync(s_limit);
        }

        Assert.Equal(4000, stepped.Count);
        foreach (var thread in stepped.GroupBy(s => s[0]))
        {
            Assert.Equal(Enumerable.Range(0, 1000), thread.Select(s => int.Parse(s[2..], null)));
        }
    }

    [Fact]
    public async Task Step_Batch_SharesOneRunOfEffects()
    {
        await using var shell = new Shell(start: false, batchMax: 3);
        for (var i = 0; i < 7; i++)
        {
            Assert.True(shell.Mailbox.TryPost($"{i}"));
        }

        shell.Start();
        await shell.WaitForBatches(3);

        Assert.Equal(["0 1 2", "3 4 5", "6"], shell.Batches);
    }

    [Fact]
    public async Task Post_MailboxFull_TryRefusesAndPostWaits()
    {
        await using var shell = new Shell(start: false, capacity: 2);
        Assert.True(shell.Mailbox.TryPost("a"));
        Assert.True(shell.Mailbox.TryPost("b"));

        Assert.False(shell.Mailbox.TryPost("c"));
        var waits = shell.Mailbox.PostAsync("d").AsTask();
        Assert.False(waits.IsCompleted);
        shell.Start();

        await waits.WaitAsync(s_limit);
    }

    [Fact]
    public async Task Deadline_Due_Ticks()
    {
        await using var shell = new Shell();
        shell.Deadline = DateTimeOffset.UtcNow + TimeSpan.FromMilliseconds(50);
        await shell.Mailbox.PostAsync("set");

        await shell.WaitForBatches(2);

        Assert.Equal(["set", "tick"], shell.Batches);
    }

    [Fact]
    public async Task Deadline_DueAtTheStart_Ticks()
    {
        await using var shell = new Shell(start: false);
        shell.Deadline = DateTimeOffset.UtcNow - TimeSpan.FromDays(1);
        shell.Start();

        await shell.WaitForBatches(1);

        Assert.Equal(["tick"], shell.Batches);
    }

    [Fact]
    public async Task Deadline_OfAClockThatIsSet_IsNoticedAtTheNextLook()
    {
        var clock = new SetClock();
        await using var shell = new Shell(time: clock, alarmMost: TimeSpan.FromMilliseconds(20));
        shell.Deadline = clock.GetUtcNow() + TimeSpan.FromHours(1);
        await shell.Mailbox.PostAsync("set");
        await shell.WaitForBatches(1);

        clock.Ahead = TimeSpan.FromHours(1);
        await shell.WaitForBatches(1);

        Assert.Equal(["set", "tick"], shell.Batches);
    }

    [Fact]
    public async Task Ask_AfterAPost_SeesItsEffectsDone()
    {
        await using var shell = new Shell();
        await shell.Mailbox.PostAsync("a");

        while (!await shell.Mailbox.AskAsync(() => shell.Stepped.Contains("a")).WaitAsync(s_limit))
        {
        }

        Assert.Contains("a", shell.Batches);
    }

    [Fact]
    public async Task Ask_Throws_OnlyTheAskerSeesIt()
    {
        await using var shell = new Shell();

        await Assert.ThrowsAsync<InvalidOperationException>(() => shell.Mailbox.AskAsync<int>(() => throw new InvalidOperationException()));

        Assert.Equal(1, await shell.Mailbox.AskAsync(() => 1).WaitAsync(s_limit));
    }

    [Fact]
    public async Task Step_Throws_LoopEndsAndSaysSo()
    {
        await using var shell = new Shell();
        await shell.Mailbox.PostAsync("crash");

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => shell.Running.WaitAsync(s_limit));

        Assert.Equal("crash", e.Message);
        await Assert.ThrowsAsync<InvalidOperationException>(() => shell.Mailbox.Ended);
        Assert.False(shell.Mailbox.TryPost("late"));
        await Assert.ThrowsAsync<MailboxClosedException>(() => shell.Mailbox.PostAsync("late").AsTask());
        await Assert.ThrowsAsync<MailboxClosedException>(() => shell.Mailbox.AskAsync(() => 1).WaitAsync(s_limit));
    }

    [Fact]
    public async Task Stop_WhileIdle_EndsInOrder()
    {
        var shell = new Shell();
        await shell.Mailbox.AskAsync(() => 1).WaitAsync(s_limit);

        await shell.DisposeAsync();

        Assert.True(shell.Mailbox.Ended.IsCompletedSuccessfully);
        await Assert.ThrowsAsync<MailboxClosedException>(() => shell.Mailbox.AskAsync(() => 1).WaitAsync(s_limit));
    }

    /// <summary>A clock that somebody sets; timers do not hear of it.</summary>
    private sealed class SetClock : TimeProvider
    {
        private long _ahead;

        public TimeSpan Ahead
        {
            set => Interlocked.Exchange(ref _ahead, value.Ticks);
        }

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddTicks(Interlocked.Read(ref _ahead));
    }

    private sealed class Shell : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stopping = new();
        private readonly SemaphoreSlim _batch = new(0);

        public Shell(bool start = true, int capacity = 1000, int batchMax = 100, TimeProvider? time = null, TimeSpan? alarmMost = null)
        {
            Mailbox = new Mailbox<string, string>(new MailboxOptions<string, string>
            {
                Name = "test",
                Capacity = capacity,
                BatchMax = batchMax,
                Tick = "tick",
                Step = Step,
                NextDeadline = () => Deadline,
                Time = time ?? TimeProvider.System,
                AlarmMost = alarmMost ?? TimeSpan.FromDays(40),
                RunEffects = (effects, _) =>
                {
                    Batches.Enqueue(string.Join(' ', effects));
                    _batch.Release();
                    return default;
                },
            });
            if (start)
            {
                Start();
            }
        }

        public Mailbox<string, string> Mailbox { get; }

        public List<string> Stepped { get; } = [];

        public ConcurrentQueue<string> Batches { get; } = [];

        public DateTimeOffset? Deadline { get; set; }

        public Task Running { get; private set; } = Task.CompletedTask;

        public void Start() => Running = Task.Run(() => Mailbox.RunAsync(_stopping.Token));

        public async Task WaitForBatches(int count)
        {
            for (var i = 0; i < count; i++)
            {
                Assert.True(await _batch.WaitAsync(s_limit), $"only {i} batches");
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _stopping.CancelAsync();
            await Running.ContinueWith(_ => { }, TaskScheduler.Default);
            _stopping.Dispose();
            _batch.Dispose();
        }

        private void Step(string input, DateTimeOffset now, List<string> effects)
        {
            if (input == "crash")
            {
                throw new InvalidOperationException(input);
            }

            if (input == "tick")
            {
                Deadline = null;
            }

            Stepped.Add(input);
            effects.Add(input);
        }
    }
}
