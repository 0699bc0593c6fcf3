using System.Text.Json.Nodes;
using Tepui.Jobs;

namespace Tepui.Tests.Jobs;

public sealed class JobTextTests
{
    [Theory]
    [InlineData(1, "after fan1")]
    [InlineData(3, "after fan1, fan2, fan3")]
    [InlineData(900, "after fan1, fan2 and 898 more")]
    public void ShortSchedule_Parents_NamesTheFirst(int count, string expected) => Assert.Equal(expected, JobText.ShortSchedule(Job(count)));

    [Fact]
    public void Schedule_ManyParents_NamesAll() => Assert.EndsWith(", fan899, fan900", JobText.Schedule(Job(900)));

    [Fact]
    public void Cause_ManyParents_NamesTheFirst()
    {
        var parents = new JsonArray([.. Enumerable.Range(1, 900).Select(index => new JsonObject { ["job"] = $"fan{index}", ["run"] = 7 })]);

        Assert.Equal("parents fan1 7, fan2 7 and 898 more", RunText.Cause(new JsonObject { ["cause"] = new JsonObject { ["kind"] = "parents", ["parents"] = parents } }));
    }

    private static JsonObject Job(int parents) => new() { ["parents"] = new JsonArray([.. Enumerable.Range(1, parents).Select(index => (JsonNode)$"fan{index}")]) };
}
