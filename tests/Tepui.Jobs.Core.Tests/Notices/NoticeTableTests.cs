using System.Text.Json.Nodes;
using Google.Protobuf;
using Tepui.Jobs.Core.Events;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Notices;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Protocol.Jobs;

namespace Tepui.Jobs.Core.Tests.Notices;

public class NoticeTableTests
{
    private readonly Dictionary<string, IMessage> _store = new(StringComparer.Ordinal);
    private readonly List<JobsEffect> _effects = [];
    private JobsState _state = new(new());
    private DateTimeOffset _now = A.Start;

    [Fact]
    public void Tell_OfAFailure_IsWrittenDownBeforeItGoesOut()
    {
        Tell(NoticeKind.Failure, A.Job("backup") with { Owner = "a@example.com" }, "it broke");

        var kept = Assert.IsType<JobsEffect.Persist>(_effects[0]);
        var notice = Assert.IsType<JobsEffect.Notify>(_effects[1]).Notice;
        Assert.Equal(2, _effects.Count);
        Assert.Equal(StoreKeys.Notice(notice.Sequence), kept.Key);
        Assert.Equal(A.Start.ToUnixTimeMilliseconds(), notice.Sequence);
        Assert.Equal((NoticeKind.Failure, "backup", "it broke", "a@example.com", A.Start), (notice.Kind, notice.Job.Value, notice.Message, notice.Owner, notice.At));
    }

    [Fact]
    public void Notified_ThatAllHaveIt_ForgetsIt()
    {
        var notice = Tell(NoticeKind.Failure, A.Job("backup"));

        Answer(notice, problem: null);

        Assert.Empty(_store);
        Assert.Equal(0, _state.Notices.Count);
        Assert.Null(_state.Deadlines.Next);
    }

    [Fact]
    public void Notified_ThatSomeDoNotHaveIt_TriesThemAgainLaterAndLater()
    {
        Tell(NoticeKind.Failure, A.Job("backup"));
        var notice = Last();
        var waits = new List<double>();
        for (var tries = 0; tries < 9; tries++)
        {
            Answer(notice, "mail: no answer", "http");
            waits.Add((_state.Deadlines.Next!.Value - _now).TotalSeconds);
            notice = Ring();
            Assert.Equal(["http"], notice.Told);
            Assert.Equal(tries + 1, notice.Tries);
        }

        Assert.Equal([10, 20, 40, 80, 160, 320, 600, 600, 600], waits);
    }

    [Fact]
    public void Notified_AfterADay_DropsItAndSaysSo()
    {
        Tell(NoticeKind.Failure, A.Job("backup"));
        var notice = Last();
        var tries = 1;
        for (; _store.Count > 0 && tries < 1000; tries++)
        {
            Answer(notice, "mail: no answer");
            notice = _store.Count > 0 ? Ring() : notice;
        }

        var dropped = Assert.Single(_effects.OfType<JobsEffect.Publish>()).Event;
        Assert.Equal(new JobEvent.NoticeDropped(notice.Sequence, new("backup"), "mail: no answer"), dropped);
        Assert.InRange(_now - A.Start, TimeSpan.FromHours(23.5), TimeSpan.FromDays(1));
        Assert.InRange(tries, 140, 160);
        Assert.Null(_state.Deadlines.Next);
    }

    [Fact]
    public void Notified_OfOneThatIsGone_ChangesNothing()
    {
        Answer(7, "late");
        var notice = Tell(NoticeKind.Failure, A.Job("backup"));
        Answer(notice, problem: null);
        _effects.Clear();
        Answer(notice, problem: null);
        Answer(notice, "late");

        Assert.Empty(_effects);
        Assert.Null(_state.Deadlines.Next);
    }

    [Fact]
    public void Restart_BetweenWritingAndTelling_TellsItThenAndNotThoseWhoHaveIt()
    {
        var first = Tell(NoticeKind.Failure, A.Job("a") with { Owner = "a@example.com", Notify = new("http://hook/", []) });
        var second = Tell(NoticeKind.Late, A.Job("b"));
        Answer(first, "mail: no answer", "http", "slack");
        _now += TimeSpan.FromHours(2);
        Restart();

        Assert.Equal(_now, _state.Deadlines.Next);
        _state.Deadlines.RingDue(Turn(), _now);

        var again = _effects.OfType<JobsEffect.Notify>().Select(effect => effect.Notice).ToList();
        Assert.Equal([first, second], again.Select(notice => notice.Sequence));
        Assert.Equal(["http", "slack"], again[0].Told);
        Assert.Equal((1, "a@example.com", "http://hook/", A.Start), (again[0].Tries, again[0].Owner, again[0].Webhook, again[0].At));
        Assert.Equal("a", JsonNode.Parse(again[0].Document)!["job"]!.ToString());
    }

    [Fact]
    public void Tell_ManyAtOneTime_NumbersThemApartAlsoAfterARestart()
    {
        var first = Tell(NoticeKind.Failure, A.Job("a"));
        var second = Tell(NoticeKind.Failure, A.Job("a"));
        Restart();

        Assert.Equal([first + 1, first + 2], [second, Tell(NoticeKind.Failure, A.Job("a"))]);
    }

    [Fact]
    public void Tell_WhenTooManyWait_DropsTheNewOneAndSaysSo()
    {
        for (var count = 0; count < NoticeTable.CountMax; count++)
        {
            NoticeTable.Tell(Turn(), NoticeKind.Failure, new(A.Job("a"), JobProgress.None), run: null, "m");
        }

        _effects.Clear();
        NoticeTable.Tell(Turn(), NoticeKind.Failure, new(A.Job("a"), JobProgress.None), run: null, "m");

        Assert.IsType<JobEvent.NoticeDropped>(Assert.IsType<JobsEffect.Publish>(Assert.Single(_effects)).Event);
        Assert.Equal(NoticeTable.CountMax, _state.Notices.Count);
    }

    [Theory]
    [InlineData(NoticeKind.Failure, "", true)]
    [InlineData(NoticeKind.Failure, "failure", true)]
    [InlineData(NoticeKind.Failure, "late,recovery", false)]
    [InlineData(NoticeKind.Recovery, "failure", false)]
    [InlineData(NoticeKind.Late, "late", true)]
    [InlineData(NoticeKind.Disabled, "late", true)]
    [InlineData(NoticeKind.Removed, "late", true)]
    public void Tell_OfWhatTheJobChose_IsTold(NoticeKind kind, string on, bool isTold)
    {
        var job = A.Job("a") with { Notify = new(null, on.Split(',', StringSplitOptions.RemoveEmptyEntries)) };

        NoticeTable.Tell(Turn(), kind, new(job, JobProgress.None), run: null, "m");

        Assert.Equal(isTold, _effects.Count > 0);
    }

    [Theory]
    [InlineData(false, false, "a@example.com", null, false)]
    [InlineData(true, false, "", null, true)]
    [InlineData(false, true, "a@example.com", null, true)]
    [InlineData(false, true, "", null, false)]
    [InlineData(false, false, "", "http://hook/", true)]
    public void Tell_WithoutAnyoneToTell_KeepsNothing(bool hasChannels, bool hasMail, string owner, string? webhook, bool isKept)
    {
        _state = new(new() { HasNoticeChannels = hasChannels, HasMail = hasMail });
        var job = A.Job("a") with { Owner = owner, Notify = webhook is null ? null : new(webhook, []) };

        NoticeTable.Tell(Turn(), NoticeKind.Failure, new(job, JobProgress.None), run: null, "m");

        Assert.Equal(isKept, _effects.Count > 0);
    }

    [Fact]
    public void Document_OfAJob_HasTextsAndNoVariables()
    {
        var job = new Job(
            A.Job("backup") with
            {
                Command = new string('x', 4095) + "😀" + new string('y', 5000),
                Cpus = 1500,
                Environment = [new("SECRET", "s3cret")],
                Fetch = [new("http://a/")],
                Uris = ["http://b/"],
                Description = "\"q\" \u0001 ü",
            },
            JobProgress.None with { ErrorCount = 3, LastError = A.Start });

        var text = NoticeDocument.Write(job);
        var json = JsonNode.Parse(text)!.AsObject();

        Assert.All(json, member => Assert.Equal(System.Text.Json.JsonValueKind.String, member.Value!.GetValueKind()));
        Assert.Equal(
            ("backup", "1.5", "128.0", "3", "2", "2031-01-01T00:00:00.000Z", "", "http://a/,http://b/", "\"q\" \u0001 ü"),
            ($"{json["job"]}", $"{json["cpus"]}", $"{json["mem"]}", $"{json["errorCount"]}", $"{json["retries"]}", $"{json["lastError"]}", $"{json["lastSuccess"]}", $"{json["uris"]}", $"{json["description"]}"));
        Assert.Equal(new string('x', 4095) + "…", $"{json["command"]}");
        Assert.DoesNotContain("s3cret", System.Text.Encoding.UTF8.GetString(text), StringComparison.Ordinal);
    }

    private Turn Turn() => new(_state, _now, _effects);

    private long Tell(NoticeKind kind, JobSpec job, string message = "m")
    {
        NoticeTable.Tell(Turn(), kind, new(job, JobProgress.None), run: null, message);
        Keep();
        return Last().Sequence;
    }

    private void Answer(long notice, string? problem, params string[] told)
    {
        NoticeTable.Notified(Turn(), new(notice, told, problem));
        Keep();
    }

    private void Answer(Notice notice, string? problem, params string[] told) => Answer(notice.Sequence, problem, told);

    private Notice Last() => _effects.OfType<JobsEffect.Notify>().Last().Notice;

    private void Restart()
    {
        _effects.Clear();
        _state = new(new());
        foreach (var entry in _store.Values.Cast<NoticeEntry>().OrderBy(entry => entry.Sequence))
        {
            _state.Notices.Restore(Turn(), entry);
        }

        Assert.Empty(_effects);
    }

    // The next alarm rings, which sends one notice out.
    private Notice Ring()
    {
        _now = _state.Deadlines.Next!.Value;
        var before = _effects.Count;
        _state.Deadlines.RingDue(Turn(), _now);
        return Assert.IsType<JobsEffect.Notify>(Assert.Single(_effects.Skip(before))).Notice;
    }

    private void Keep()
    {
        foreach (var effect in _effects.OfType<JobsEffect.Persist>())
        {
            if (effect.Entry is null)
            {
                _store.Remove(effect.Key);
            }
            else
            {
                _store[effect.Key] = NoticeEntry.Parser.ParseFrom(effect.Entry.ToByteString());
            }
        }
    }
}
