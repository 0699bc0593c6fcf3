using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Tepui.Protocol.V1;
using Tepui.Web.Cluster;
using Tepui.Web.Pages.TaskDetail;
using Tepui.Web.Pages.Tasks;

namespace Tepui.Web.Tests;

public sealed class ViewTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(8589934592, "8 GiB")]
    public void Bytes_Any_HaveAUnitThatSuits(double bytes, string text) => Assert.Equal(text, Show.Bytes(bytes));

    [Theory]
    [InlineData(5, "5 s")]
    [InlineData(65, "1 min 5 s")]
    [InlineData(1800, "30 min")]
    [InlineData(7260, "2 h 1 min")]
    [InlineData(180000, "2 d 2 h")]
    public void Span_Any_IsReadable(int seconds, string text) => Assert.Equal(text, Show.Span(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(0.6, "1 ms")]
    [InlineData(84.2, "84 ms")]
    [InlineData(999.4, "999 ms")]
    [InlineData(999.6, "1 s")]
    [InlineData(2540, "2.5 s")]
    [InlineData(9949, "9.9 s")]
    [InlineData(9951, "10 s")]
    [InlineData(12_700, "12 s")]
    public void Duration_Short_HasMillisecondsOrTenths(double milliseconds, string text) => Assert.Equal(text, Show.Duration(TimeSpan.FromMilliseconds(milliseconds)));

    [Theory]
    [InlineData(0, "now", "now")]
    [InlineData(999, "now", "now")]
    [InlineData(1000, "1 s ago", "in 1 s")]
    public void AgoAndIn_OfLessThanASecond_AreNow(int milliseconds, string ago, string ahead) =>
        Assert.Equal((ago, ahead), (Show.Ago(TimeSpan.FromMilliseconds(milliseconds)), Show.In(TimeSpan.FromMilliseconds(milliseconds))));

    [Fact]
    public void State_Every_HasAWordAndATone()
    {
        foreach (var state in Enum.GetValues<TaskState>())
        {
            Assert.NotEmpty(Show.State(state));
            Assert.Contains(Show.Tone(state), (string[])["good", "busy", "bad", "muted"]);
        }
    }

    [Theory]
    [InlineData("active", "runs")]
    [InlineData("failed", "broke")]
    [InlineData("finished", "done")]
    [InlineData("", "runs,broke,done")]
    [InlineData("nonsense", "runs,broke,done")]
    public void TaskList_ByState_HoldsThoseTasks(string state, string expected)
    {
        var model = Filled();

        var list = TaskListModel.Build(model, Query(("state", state)));

        Assert.Equal(expected.Split(',').Order(), list.Rows.Select(row => row.Key.Task).Order());
    }

    [Fact]
    public void TaskList_ByText_MatchesIdsWhateverTheCase()
    {
        var list = TaskListModel.Build(Filled(), Query(("q", "BRO")));

        Assert.Equal("broke", Assert.Single(list.Rows).Key.Task);
    }

    [Fact]
    public void TaskList_MoreThanAPage_IsCutAndSaysHowMany()
    {
        var model = new ClusterModel();
        model.Apply(A.Subscribed([.. Enumerable.Range(0, 250).Select(i => A.Task($"t{i}"))]));

        var last = TaskListModel.Build(model, Query(("skip", "2")));

        Assert.Equal(250, last.Total);
        Assert.Equal(50, last.Rows.Count);
    }

    [Fact]
    public void TaskQuery_Link_ReadsBackTheSame()
    {
        var query = Query(("q", "a b&c"), ("state", "failed"), ("skip", "3"));

        var parsed = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query.ToLink()[query.Page.Length..]);

        Assert.Equal(query, TaskQuery.From(query.Page, new QueryCollection(parsed)));
    }

    [Theory]
    [InlineData("stdout", "/frameworks/F0/executors/runs/runs/latest/stdout")]
    [InlineData("a/b", "/frameworks/F0/executors/runs/runs/latest/a/b")]
    [InlineData("", "/frameworks/F0/executors/runs/runs/latest")]
    [InlineData("/etc/passwd", "/frameworks/F0/executors/runs/runs/latest/etc/passwd")]
    [InlineData("../../x", null)]
    [InlineData("a/../../x", null)]
    public void Sandbox_Path_NeverLeavesIt(string relative, string? expected)
    {
        var sandbox = Filled().Read(model => Sandbox.Of(model, new TaskKey("F0", "runs")))!;

        Assert.Equal(expected, sandbox.Resolve(relative));
        Assert.Equal(new Uri("http://10.0.0.7:5051/"), sandbox.Agent);
    }

    [Fact]
    public void Sandbox_OfATaskWithAnExecutor_IsTheExecutors()
    {
        var model = new ClusterModel();
        var task = A.Task("t");
        task.ExecutorId = new() { Value = "e" };
        model.Apply(A.Subscribed(task));

        Assert.Equal("/frameworks/F0/executors/e/runs/latest", model.Read(m => Sandbox.Of(m, new TaskKey("F0", "t")))!.Root);
    }

    [Fact]
    public void Sandbox_OfATaskInAGroup_LiesInsideTheExecutors()
    {
        var model = new ClusterModel();
        var task = A.Task("t");
        task.ExecutorId = new() { Value = "e" };
        task.Statuses[0].ContainerStatus = new() { ContainerId = new() { Value = "inner", Parent = new() { Value = "root" } } };
        model.Apply(A.Subscribed(task));

        Assert.Equal("/frameworks/F0/executors/e/runs/latest/containers/inner", model.Read(m => Sandbox.Of(m, new TaskKey("F0", "t")))!.Root);
    }

    private static ClusterModel Filled()
    {
        var model = new ClusterModel();
        model.Apply(A.Subscribed(A.Task("runs"), A.Task("broke", TaskState.TaskFailed), A.Task("done", TaskState.TaskFinished)));
        return model;
    }

    private static TaskQuery Query(params (string Name, string Value)[] parameters) =>
        TaskQuery.From("/ui/tasks", new QueryCollection(parameters.ToDictionary(p => p.Name, p => new StringValues(p.Value))));
}
