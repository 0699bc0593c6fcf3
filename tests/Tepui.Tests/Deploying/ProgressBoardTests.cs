using System.Text.Json.Nodes;
using Tepui.Deploying;

namespace Tepui.Tests.Deploying;

public sealed class ProgressBoardTests
{
    [Fact]
    public void Restart_UnderWay_CountsNewOnesReadyAndOldOnesGone()
    {
        var board = new ProgressBoard();

        board.Update(A(Restart(target: 4, old: 4, @new: 0, ready: 0)));
        Assert.Equal((0, 8), Bar(board));

        board.Update(A(Restart(target: 4, old: 3, @new: 2, ready: 1)));
        Assert.Equal((2, 8), Bar(board));

        board.Update(A(Restart(target: 4, old: 0, @new: 4, ready: 4)));
        Assert.Equal((8, 8), Bar(board));
    }

    [Fact]
    public void ScaleDown_UnderWay_CountsThoseGone()
    {
        var board = new ProgressBoard();

        board.Update(A("""{"action":"ScaleApplication","app":"/web","target":1,"old":0,"new":5,"ready":5,"healthy":5}"""));
        Assert.Equal((1, 5), Bar(board));

        board.Update(A("""{"action":"ScaleApplication","app":"/web","target":1,"old":0,"new":2,"ready":2,"healthy":2}"""));
        Assert.Equal((4, 5), Bar(board));
    }

    [Fact]
    public void Stop_UnderWay_CountsThoseGone()
    {
        var board = new ProgressBoard();

        board.Update(A("""{"action":"StopApplication","app":"/web","target":0,"old":0,"new":3,"ready":3}"""));
        board.Update(A("""{"action":"StopApplication","app":"/web","target":0,"old":0,"new":1,"ready":1}"""));

        Assert.Equal((2, 3), Bar(board));
    }

    [Fact]
    public void Success_OfTheWhole_FillsEveryBar()
    {
        var board = new ProgressBoard();
        board.Update(A(Restart(target: 4, old: 4, @new: 0, ready: 0)));

        board.Update(DeploymentStatus.Read(JsonNode.Parse("""{"id":"d1","outcome":"success","totalSteps":1}""")!));

        Assert.Equal((8, 8), Bar(board));
    }

    [Fact]
    public void Nothing_ToDo_IsFull()
    {
        var board = new ProgressBoard();

        board.Update(A(Restart(target: 0, old: 0, @new: 0, ready: 0)));

        Assert.Equal((1, 1), Bar(board));
    }

    [Fact]
    public void Bars_OfLaterSteps_ComeBelow()
    {
        var board = new ProgressBoard();

        board.Update(A("""{"action":"StartApplication","app":"/db","target":1,"new":1,"ready":1}"""));
        board.Update(A("""{"action":"StartApplication","app":"/web","target":2}"""));

        Assert.Equal(["start /db  1 of 1 ready", "start /web  0 of 2 ready"], board.Rows.Select(row => row.Label));
    }

    [Fact]
    public void Bars_MoreThanAScreenHolds_AreOneTogether()
    {
        var board = new ProgressBoard();

        board.Update(A(string.Join(',', Enumerable.Range(1, 500).Select(n => $$"""{"action":"StartApplication","app":"/a{{n}}","target":2,"new":1,"ready":{{(n > 400 ? 2 : 1)}}}"""))));

        Assert.Equal(16, board.Rows.Count);
        Assert.Equal(("485 more  100 done", 585, 970), (board.Rows[^1].Label, board.Rows[^1].Done, board.Rows[^1].Total));
    }

    [Fact]
    public void Line_OfADeployment_SaysStepActionsStateAndReason()
    {
        var deployment = DeploymentStatus.Read(JsonNode.Parse("""
            {"id":"d1","state":"paused","currentStep":1,"totalSteps":2,"reason":"by hand",
             "progress":[{"action":"RestartApplication","app":"/web","target":3,"old":2,"new":2,"ready":1}]}
            """)!);

        Assert.Equal("step 1 of 2, paused: restart /web: 1 of 3 ready, 1 starting, 2 old (by hand)", ProgressBoard.Line(deployment));
    }

    [Fact]
    public void Line_OfManyActions_ShowsThoseNotDone()
    {
        var items = Enumerable.Range(1, 6).Select(n => $$"""{"action":"StartApplication","app":"/a{{n}}","target":1,"new":1,"ready":{{(n == 1 ? 1 : 0)}}}""");
        var deployment = DeploymentStatus.Read(JsonNode.Parse($$"""{"id":"d1","currentStep":1,"totalSteps":1,"progress":[{{string.Join(',', items)}}]}""")!);

        var line = ProgressBoard.Line(deployment);

        Assert.DoesNotContain("/a1:", line, StringComparison.Ordinal);
        Assert.EndsWith("; and 2 more", line, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutCountdown_LinesThatDifferInSecondsOnly_AreTheSame()
    {
        var lines = new[] { "/a: 2 have failed, next launch in 96 s, after failures", "/a: 2 have failed, next launch in 5 s, after failures", "/a: 3 have failed, next launch in 5 s, after failures" };

        Assert.Equal(2, lines.Select(ProgressBoard.WithoutCountdown).Distinct(StringComparer.Ordinal).Count());
    }

    private static string Restart(int target, int old, int @new, int ready) =>
        $$"""{"action":"RestartApplication","app":"/web","target":{{target}},"old":{{old}},"new":{{@new}},"ready":{{ready}},"healthy":{{ready}}}""";

    private static DeploymentStatus A(string progress) =>
        DeploymentStatus.Read(JsonNode.Parse($$"""{"id":"d1","state":"running","currentStep":1,"totalSteps":1,"progress":[{{progress}}]}""")!);

    private static (int Done, int Total) Bar(ProgressBoard board) => Assert.Single(board.Rows) is var row ? (row.Done, row.Total) : default;
}
