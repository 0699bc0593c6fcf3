using System.Text;
using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Documents.Support;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Tests.Documents;

public sealed class AppDefaultsTests
{
    [Fact]
    public void Create_MinimalApp_IsWrittenWithAllDefaults()
    {
        var app = Parse.Taken(AppDocuments.Create(Example.Read("app-minimal").Body, Parse.Context()));

        Assert.Equal("""{"id":"/ledger/tick","cmd":"sleep 930","cpus":0.05,"mem":24,"disk":0,"gpus":0,"executor":"","instances":1,"role":"*","networks":[{"mode":"host"}],"portDefinitions":[{"port":0,"name":"default","protocol":"tcp"}],"requirePorts":false,"backoffSeconds":1,"backoffFactor":1.15,"maxLaunchDelaySeconds":300,"upgradeStrategy":{"maximumOverCapacity":1,"minimumHealthCapacity":1},"unreachableStrategy":{"inactiveAfterSeconds":0,"expungeAfterSeconds":0},"killSelection":"YOUNGEST_FIRST","labels":{}}""", Text(app));
    }

    [Fact]
    public void Create_EveryPlainField_IsWrittenAsItWasSent()
    {
        var app = Parse.Taken(AppDocuments.Create(Example.Read("app-every-plain-field").Body, Parse.Context()));

        Assert.Equal("""{"id":"/orchard/press","args":["./press","--lane","7"],"cpus":0.75,"mem":192,"disk":64,"gpus":0,"resourceLimits":{"cpus":1.5,"mem":"unlimited"},"executor":"","executorResources":{"cpus":0.2,"mem":40,"disk":12},"env":{"LANE":"7","MOTTO":"steady hands"},"fetch":[{"uri":"https://files.example.org/press-3.tar.gz","extract":true,"executable":false,"cache":true,"destPath":"press.tgz"}],"user":"worker","tty":false,"instances":3,"role":"*","acceptedResourceRoles":["*"],"constraints":[["rack","GROUP_BY","3"],["hostname","UNIQUE"],["@zone","MAX_PER","2"],["kernel","LIKE","5\\.\\d+"],["class","UNLIKE","spot|old"],["room","CLUSTER","north"],["cores","IS","16"]],"dependencies":["/orchard/store","/ledger/tick"],"networks":[{"mode":"host"}],"portDefinitions":[{"port":0,"name":"web","protocol":"tcp","labels":{"VIP_0":"/press:80"}},{"port":12055,"name":"stat","protocol":"udp,tcp"}],"requirePorts":false,"healthChecks":[{"gracePeriodSeconds":45,"intervalSeconds":12,"maxConsecutiveFailures":4,"timeoutSeconds":5,"delaySeconds":15,"protocol":"HTTP","ipProtocol":"IPv4","path":"/alive","portIndex":0,"ignoreHttp1xx":true},{"gracePeriodSeconds":300,"intervalSeconds":60,"maxConsecutiveFailures":3,"timeoutSeconds":20,"delaySeconds":15,"protocol":"TCP","ipProtocol":"IPv4","portIndex":1}],"readinessChecks":[{"name":"warm","protocol":"HTTP","path":"/warm","portName":"web","intervalSeconds":6,"timeoutSeconds":3,"httpStatusCodesForReady":[200,204],"preserveLastResponse":true}],"check":{"exec":{"command":{"shell":"test -d ."}},"intervalSeconds":30,"timeoutSeconds":4,"delaySeconds":2},"backoffSeconds":4,"backoffFactor":1.3,"maxLaunchDelaySeconds":240,"upgradeStrategy":{"maximumOverCapacity":0.25,"minimumHealthCapacity":0.6},"unreachableStrategy":{"inactiveAfterSeconds":40,"expungeAfterSeconds":90},"killSelection":"OLDEST_FIRST","taskKillGracePeriodSeconds":25,"labels":{"owner":"fruit-team","tier":"mid"}}""", Text(app));
    }

    [Fact]
    public void Create_PersistentVolume_MakesTheAppResident()
    {
        var app = Parse.App("{'id':'/g/a','role':'g','cmd':'sleep 1','container':{'type':'MESOS','volumes':[{'containerPath':'d','mode':'RW','persistent':{'size':8}},{'containerPath':'e','mode':'RW','persistent':{'size':8,'profileName':'fast'}}]}}");

        Assert.True(app.IsResident);
        Assert.Equal(new Residency(3600, "WAIT_FOREVER"), app.Residency);
        Assert.Null(app.Unreachable);
        Assert.Equal(new(0.5, 0), app.Upgrade);
        Assert.Equal(["root", "mount"], app.Container!.Volumes.Select(volume => volume.Persistent!.Type));
    }

    [Theory]
    [InlineData("app-dvdi-docker-shared")]
    [InlineData("app-csi")]
    public void Create_ExternalVolume_IsNeverRunOverCapacity(string name)
    {
        var app = Parse.Taken(AppDocuments.Create(Example.Read(name).Body, Parse.Context()));

        Assert.Equal(new(0.5, 0), app.Upgrade);
        Assert.Equal(new(TimeSpan.Zero, TimeSpan.Zero), app.Unreachable);
        Assert.Null(app.Residency);
    }

    [Fact]
    public void Create_ResidencyWithoutVolume_IsToldBackWithoutEffect()
    {
        var app = Parse.App("{'id':'/a','cmd':'sleep 1','residency':{}}");

        Assert.NotNull(app.Residency);
        Assert.False(app.IsResident);
    }

    [Theory]
    [InlineData("{'protocol':'TCP'}", 0)]
    [InlineData("{}", 0)]
    [InlineData("{'port':80}", null)]
    [InlineData("{'protocol':'COMMAND','command':{'value':'true'}}", null)]
    [InlineData("{'protocol':'MESOS_HTTP'}", 0)]
    public void Create_HealthCheckWithoutPort_UsesTheFirst(string check, int? expected) =>
        Assert.Equal(expected, Parse.App($"{{'id':'/a','cmd':'sleep 1','healthChecks':[{check}]}}").HealthChecks[0].PortIndex);

    [Fact]
    public void Create_BridgeNetwork_MapsEveryPort()
    {
        var app = Parse.App("{'id':'/a','cmd':'sleep 1','networks':[{'mode':'container/bridge'}],'container':{'type':'MESOS','portMappings':[{'containerPort':80},{'containerPort':81,'hostPort':9}]}}");

        Assert.Equal([0, 9], app.Container!.PortMappings!.Select(port => port.HostPort!.Value));
    }

    [Fact]
    public void Create_SingleContainerNetwork_GetsOneMappingWithoutHostPort()
    {
        var app = Parse.Taken(AppDocuments.Create(Example.Read("app-single-container-net").Body, Parse.Context()));

        Assert.Equal((0, null, "default"), app.Container!.PortMappings is [var port] ? (port.ContainerPort, port.HostPort, port.Name) : default);
    }

    [Theory]
    [InlineData("/a", "", "main")]
    [InlineData("/open/a", "", "main")]
    [InlineData("/strict/a", "", "strict")]
    [InlineData("/strict/deep/a", "", "strict")]
    [InlineData("/open/a", ",'role':'open'", "open")]
    [InlineData("/open/a", ",'role':'main'", "main")]
    [InlineData("/strict/present", ",'role':'old'", "old")]
    [InlineData("/new/a", ",'role':'new'", "new")]
    public void Create_Role_FollowsTheFirstLevelGroup(string id, string role, string expected) =>
        Assert.Equal(expected, Parse.App($"{{'id':'{id}','cmd':'sleep 1'{role}}}", Roles()).Role);

    [Theory]
    [InlineData("/a", "a", "main")]
    [InlineData("/open/a", "strict", "main, open")]
    [InlineData("/strict/a", "main", "strict")]
    [InlineData("/strict/present", "main", "old, strict")]
    public void Create_OtherRole_IsRefusedWithTheValidOnes(string id, string role, string valid) => Assert.Equal(
        [$"/role '{role}' is not among the valid roles: {valid}"], Parse.RefusedApp($"{{'id':'{id}','cmd':'sleep 1','role':'{role}'}}", Roles()));

    [Fact]
    public void Create_NewFirstLevelGroup_EnforcesByTheDefault()
    {
        var context = Parse.Context(Parse.Options with { NewGroupEnforceRole = true });

        Assert.Equal("new", Parse.App("{'id':'/new/a','cmd':'sleep 1'}", context).Role);
        Assert.Equal("*", Parse.App("{'id':'/a','cmd':'sleep 1'}", context).Role);
    }

    [Fact]
    public void Create_IdOfTheAddress_WinsOverTheBody()
    {
        Assert.Equal("/x", Parse.App("{'cmd':'sleep 1'}", Parse.Context() with { Id = new("/x") }).Id.Value);
        Assert.Equal("/x", Parse.App("{'id':'/y','cmd':'sleep 1'}", Parse.Context() with { Id = new("/x") }).Id.Value);
    }

    [Fact]
    public void Create_VersionsAndUnknownMembers_AreIgnored()
    {
        var app = Parse.App("{'id':'/a','cmd':'sleep 1','version':'2031-04-05T06:07:08.123Z','versionInfo':{'lastScalingAt':'2031-04-05T06:07:08.123Z'},'tasks':[],'tasksRunning':3,'deployments':[{'id':'x'}]}");

        Assert.Equal(default, app.Version);
        Assert.Equal(default, app.LastScalingAt);
    }

    [Theory]
    [InlineData("a", "/a")]
    [InlineData("//a//b/", "/a/b")]
    [InlineData("a/../b", "/b")]
    public void Create_Id_BecomesAbsolute(string id, string expected) => Assert.Equal(expected, Parse.App($"{{'id':'{id}','cmd':'sleep 1'}}").Id.Value);

    private static DocumentContext Roles() => Parse.Context(Parse.Options with { MesosRole = "main" }, ServiceTree.Empty
        .With(new Group(new("/open"), [], false, default))
        .With(new Group(new("/strict"), [], true, default))
        .With(new AppSpec { Id = new("/strict/present"), Cmd = "sleep 1", Role = "old" }));

    private static string Text(AppSpec app) => Encoding.UTF8.GetString(AppDocument.Write(app));
}
