using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tests.Tree;

public sealed class PathIdTests
{
    [Theory]
    [InlineData("a", "/", "/a")]
    [InlineData("a", "/g", "/g/a")]
    [InlineData("/a", "/g", "/a")]
    [InlineData("../a", "/g/h", "/g/a")]
    [InlineData("../../../a", "/g", "/a")]
    [InlineData("//a///b/", "/", "/a/b")]
    [InlineData("", "/g", "/g")]
    [InlineData("/", "/g", "/")]
    public void Resolve_AnyForm_IsAbsolute(string path, string group, string expected) => Assert.Equal(expected, PathId.Resolve(path, new(group)).Value);

    [Theory]
    [InlineData("/a/b", "/a", true)]
    [InlineData("/a", "/a", false)]
    [InlineData("/ab", "/a", false)]
    [InlineData("/a", "/", true)]
    [InlineData("/", "/", false)]
    public void IsBelow_ComparesWholeSegments(string id, string group, bool expected) => Assert.Equal(expected, new PathId(id).IsBelow(new(group)));

    [Theory]
    [InlineData("/prod/db/main", "/prod/db", "/prod", "main", "prod_db_main", "main.db.prod")]
    [InlineData("/web", "/", "/web", "web", "web", "web")]
    public void Parts_OfAnId_AreAsTasksAreNamed(string id, string parent, string first, string name, string underscored, string taskName)
    {
        var path = new PathId(id);

        Assert.Equal((parent, first, name, underscored, taskName), (path.Parent.Value, path.FirstLevel.Value, path.Name, path.Underscored, path.TaskName));
    }
}
