using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Tests.Services;

public sealed class ServicesPathsTests
{
    [Theory]
    [InlineData("web", "/v2/apps/web")]
    [InlineData("/shop/web/", "/v2/apps/shop/web")]
    [InlineData("a b", "/v2/apps/a%20b")]
    [InlineData("x?force=true", "/v2/apps/x%3Fforce%3Dtrue")]
    public void App_Typed_BecomesItsPath(string id, string path) => Assert.Equal(path, ServicesPaths.App(id));

    [Theory]
    [InlineData("/", "/v2/groups")]
    [InlineData("shop", "/v2/groups/shop")]
    public void Group_Typed_BecomesItsPath(string id, string path) => Assert.Equal(path, ServicesPaths.Group(id));

    [Theory]
    [InlineData("/shop", "web", "/shop/web")]
    [InlineData("/shop", "../db", "/db")]
    [InlineData("/shop", "/web", "/web")]
    [InlineData("/", "a/b", "/a/b")]
    public void Within_AGroup_IsTold(string group, string id, string absolute) => Assert.Equal(absolute, ServicesPaths.Within(group, id));

    [Fact]
    public void Absolute_OfNothing_IsRefused() => Assert.Throws<CommandFailure>(() => ServicesPaths.Absolute("/"));

    [Theory]
    [InlineData("10.0.0.1", "http://10.0.0.1:8080/")]
    [InlineData("10.0.0.1:80", "http://10.0.0.1/")]
    [InlineData("http://h:9090/", "http://h:9090/")]
    [InlineData("https://h", "https://h/")]
    public void Address_Typed_IsUnderstood(string text, string address) => Assert.Equal(address, RestServer.Services.Parse(text).ToString());

    [Fact]
    public void Address_Nonsense_IsRefused() => Assert.Throws<CommandFailure>(() => RestServer.Services.Parse("ftp://x"));
}
