using Tepui.Agent.Links;
using Tepui.Runtime.Hosting;

namespace Tepui.Agent.Tests.Links;

public sealed class MasterPlaceTests
{
    [Theory]
    [InlineData("10.0.0.1:5055", "10.0.0.1", 5055)]
    [InlineData("host", "host", 5050)]
    [InlineData("http://host:80", "host", 80)]
    [InlineData("[::1]:7", "::1", 7)]
    [InlineData("[::1]", "::1", 5050)]
    public void ReadAll_OneAddress_ReadsHostAndPort(string text, string host, int port) =>
        Assert.Equal(new MasterPlace(host, port), Assert.Single(MasterPlace.ReadAll(text)));

    [Fact]
    public void ReadAll_Several_KeepsTheirOrder() => Assert.Equal([new("a", 1), new("b", 2)], MasterPlace.ReadAll("a:1, b:2"));

    [Theory]
    [InlineData("")]
    [InlineData("zk://a:2181/mesos")]
    [InlineData("a:1/x")]
    [InlineData("a:99999")]
    public void ReadAll_NoAddress_SaysWhatIsAllowed(string text) =>
        Assert.Contains("HOST:PORT", Assert.Throws<StartupException>(() => MasterPlace.ReadAll(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("//host:5051/master/tepui/link", "host", 5051)]
    [InlineData("http://host:5051", "host", 5051)]
    public void FromLocation_Redirect_LeadsToTheLeader(string location, string host, int port) =>
        Assert.Equal(new MasterPlace(host, port), MasterPlace.FromLocation(location));

    [Fact]
    public void FromLocation_Nowhere_IsNull() => Assert.Null(MasterPlace.FromLocation("ftp://x"));
}
