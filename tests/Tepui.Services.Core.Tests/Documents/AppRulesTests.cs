using System.Text.Json.Nodes;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Documents.Support;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Tests.Documents;

public sealed class AppRulesTests
{
    private const string Dvdi = "'name':'n','provider':'dvdi','options':{'dvdi/driver':'d'}";
    private const string Csi = "'provider':'csi','name':'n','options':{'pluginName':'p','capability':{'accessType':'mount','accessMode':";

    [Theory]
    [InlineData("[]", "/ error.expected.jsobject")]
    [InlineData("'app'", "/ error.expected.jsobject")]
    public void Create_NoObject_IsABadRequest(string body, string expected)
    {
        var made = AppDocuments.Create(Parse.Json(body), Parse.Context());

        Assert.Equal([expected], Parse.Lines(made));
        Assert.Equal(RefusalKind.BadRequest, made.Refusal!.Kind);
        Assert.Equal(RefusalKind.BadRequest, AppDocuments.Create(null, Parse.Context()).Refusal!.Kind);
    }

    [Fact]
    public void Create_MemberGivenTwice_IsABadRequest()
    {
        var body = JsonNode.Parse("""{"id":"/a","cmd":"sleep 1","cmd":"sleep 2"}""");

        Assert.Equal(RefusalKind.BadRequest, AppDocuments.Create(body, Parse.Context()).Refusal!.Kind);
    }

    [Theory]
    [InlineData("""{"id":"/a","cmd":"\ud800 x"}""")]
    [InlineData("""{"id":"/a","cmd":"sleep 1","env":{"\udc00":"x"}}""")]
    [InlineData("""{"id":"/a","cmd":"sleep 1","unknown":[{"x":"\ud800"}]}""")]
    public void Create_TextThatIsNoUnicode_IsABadRequest(string body) =>
        Assert.Equal(RefusalKind.BadRequest, AppDocuments.Create(JsonNode.Parse(body), Parse.Context()).Refusal!.Kind);

    [Theory]
    [InlineData("'id':7", "/id error.expected.jsstring")]
    [InlineData("'id':''", "/id error.minLength")]
    [InlineData("'id':'/a/./b'", "/id error.pattern")]
    [InlineData("'id':'/a_b'", "/id error.pattern")]
    [InlineData("'id':'/a\\n'", "/id error.pattern")]
    [InlineData("'id':'/a////////////////////////////////////////////////b!'", "/id error.pattern")]
    [InlineData("'cmd':''", "/cmd error.minLength")]
    [InlineData("'args':'x'", "/args error.expected.jsarray")]
    [InlineData("'args':[1]", "/args(0) error.expected.jsstring")]
    [InlineData("'args':[null]", "/args(0) error.expected.jsstring")]
    [InlineData("'cpus':'1'", "/cpus error.expected.jsnumber")]
    [InlineData("'cpus':0.0009", "/cpus error.min")]
    [InlineData("'cpus':1e999", "/cpus error.expected.jsnumber")]
    [InlineData("'mem':-1", "/mem error.min")]
    [InlineData("'instances':-1", "/instances error.min")]
    [InlineData("'instances':1.5", "/instances error.expected.int")]
    [InlineData("'instances':4294967296", "/instances error.expected.int")]
    [InlineData("'requirePorts':'yes'", "/requirePorts error.expected.jsboolean")]
    [InlineData("'env':[]", "/env error.expected.jsobject")]
    [InlineData("'env':{'A':1}", "/env/A error.expected.jsstring")]
    [InlineData("'env':{'A':{}}", "/env/A/secret error.path.missing")]
    [InlineData("'killSelection':'ANY'", "/killSelection error.unknown.enum.literal")]
    [InlineData("'unreachableStrategy':'enabled'", "/unreachableStrategy error.unknown.enum.literal")]
    [InlineData("'unreachableStrategy':7", "/unreachableStrategy error.expected.jsstring")]
    [InlineData("'upgradeStrategy':{'minimumHealthCapacity':1}", "/upgradeStrategy/maximumOverCapacity error.path.missing")]
    [InlineData("'upgradeStrategy':{'minimumHealthCapacity':0,'maximumOverCapacity':1.1}", "/upgradeStrategy/maximumOverCapacity error.max")]
    [InlineData("'backoffFactor':0.9", "/backoffFactor error.min")]
    [InlineData("'executorResources':{'cpus':0.05}", "/executorResources/cpus error.min")]
    [InlineData("'resourceLimits':{'mem':'lots'}", "/resourceLimits/mem error.unknown.enum.literal")]
    [InlineData("'portDefinitions':[{'port':65536}]", "/portDefinitions(0)/port error.max")]
    [InlineData("'portDefinitions':[{'protocol':'sctp'}]", "/portDefinitions(0)/protocol error.unknown.enum.literal")]
    [InlineData("'networks':[{'mode':'none'}]", "/networks(0)/mode error.unknown.enum.literal")]
    [InlineData("'networks':[{'name':'Upper'}]", "/networks(0)/name error.pattern")]
    [InlineData("'fetch':[{}]", "/fetch(0)/uri error.path.missing")]
    [InlineData("'container':{'docker':{}}", "/container/docker/image error.path.missing")]
    [InlineData("'container':{'docker':{'image':''}}", "/container/docker/image error.minLength")]
    [InlineData("'container':{'type':'RKT'}", "/container/type error.unknown.enum.literal")]
    [InlineData("'container':{'volumes':[{'containerPath':'a','hostPath':'b'}]}", "/container/volumes(0)/mode error.path.missing")]
    [InlineData("'container':{'volumes':[{'containerPath':'a','mode':'RW'}]}", "/container/volumes(0)/hostPath error.path.missing")]
    [InlineData("'container':{'volumes':[{'containerPath':'a','mode':'RW','persistent':{}}]}", "/container/volumes(0)/persistent/size error.path.missing")]
    [InlineData("'container':{'portMappings':[{'containerPort':-1}]}", "/container/portMappings(0)/containerPort error.min")]
    [InlineData("'healthChecks':[{'protocol':'UDP'}]", "/healthChecks(0)/protocol error.unknown.enum.literal")]
    [InlineData("'readinessChecks':[{'httpStatusCodesForReady':[99]}]", "/readinessChecks(0)/httpStatusCodesForReady(0) error.min")]
    [InlineData("'secrets':{'s':{}}", "/secrets/s/source error.path.missing")]
    [InlineData("'executor':'a//b'", "/executor error.pattern")]
    [InlineData("'version':'today'", "/version error.expected.date.isoformat")]
    [InlineData("'deployment':{'strategy':'bang'}", "/deployment/strategy error.unknown.enum.literal")]
    [InlineData("'autoscaling':{'minInstances':1}", "/autoscaling/maxInstances error.path.missing")]
    [InlineData("'schedule':[{'cron':'* * * * *'}]", "/schedule(0)/instances error.path.missing")]
    public void Create_WrongShape_IsReportedWithItsToken(string members, string expected)
    {
        var made = AppDocuments.Create(Parse.Json("{" + (members.StartsWith("'id'", StringComparison.Ordinal) ? "" : "'id':'/a',") + members + "}"), Parse.Context());

        Assert.Contains(expected, Parse.Lines(made));
        Assert.Equal("Invalid JSON", made.Refusal!.Message);
    }

    [Fact]
    public void Create_SeveralWrongShapes_AreReportedTogetherAndAlone()
    {
        Assert.Equal(
            ["/cmd error.minLength", "/env/A error.expected.jsstring", "/env/A error.expected.jsobject", "/cpus error.min"],
            Parse.RefusedApp("{'id':'/a','cmd':'','args':['x'],'cpus':-1,'env':{'A':true},'role':'nobody'}"));
    }

    [Fact]
    public void Create_LongestTaskIdAboveTheLimit_IsRefusedAtTheId()
    {
        var longest = "/g/" + new string('a', 191);

        Assert.Equal(255, $"{Parse.App($"{{'id':'{longest}','cmd':'sleep 1'}}").Id.Underscored}.instance-{Guid.Empty}.{TaskIds.AppContainer}.{int.MaxValue}".Length);
        Assert.Equal(["/id has 194 bytes without the first slash; at most 193 are allowed, so that task ids have at most 255"], Parse.RefusedApp($"{{'id':'{longest}a','cmd':'sleep 1'}}"));
        Assert.Equal(["/id has 194 bytes without the first slash; at most 193 are allowed, so that task ids have at most 255"], Parse.Lines(AppDocuments.Create(Parse.Json("{'cmd':'sleep 1'}"), Parse.Context() with { Id = new(longest + "a") })));
    }

    [Fact]
    public void Create_ConstraintWithALongExpression_IsRefused() =>
        Assert.Contains("1025 characters", Assert.Single(Parse.RefusedApp($"{{'id':'/a','cmd':'sleep 1','constraints':[['rack','LIKE','{new string('(', 512)}a{new string(')', 512)}']]}}")), StringComparison.Ordinal);

    [Fact]
    public void Create_CountAboveTheLimit_NamesBoth() =>
        Assert.Equal(["/instances must be at most 100000, not 2147483647: an app or pod has no more instances"], Parse.RefusedApp("{'id':'/a','cmd':'sleep 1','instances':2147483647}"));

    [Theory]
    [InlineData("'id':'/'", "/id")]
    [InlineData("'id':'/a/restart'", "/id")]
    [InlineData("'id':'/a/versions'", "/id")]
    [InlineData("'id':'tasks'", "/id")]
    [InlineData("'instances':100001", "/instances")]
    [InlineData("'autoscaling':{'minInstances':1,'maxInstances':100001,'metric':'cpu','target':50}", "/autoscaling/maxInstances")]
    [InlineData("'schedule':[{'cron':'* * * * *','instances':100001}]", "/schedule(0)/instances")]
    [InlineData("'constraints':[['rack','UNIQUE'],['rack','LIKE','(?=a)b']]", "/constraints(1)")]
    [InlineData("'constraints':[['rack','UNLIKE','(a)\\\\1']]", "/constraints(0)")]
    [InlineData("'constraints':[['rack','LIKE','(a{900}){900}']]", "/constraints(0)")]
    [InlineData("'constraints':[['rack','LIKE','a)|(?:b']]", "/constraints(0)")]
    [InlineData("'dependencies':['/ok\\n']", "/dependencies(0)")]
    [InlineData("'cmd':null,'container':{'type':'MESOS'}", "/")]
    [InlineData("'resourceLimits':{'cpus':0.5}", "/resourceLimits/cpus")]
    [InlineData("'portDefinitions':[{'port':7},{'port':7}]", "/portDefinitions")]
    [InlineData("'networks':[{}]", "/networks")]
    [InlineData("'networks':[{'mode':'host','name':'x'}]", "/networks")]
    [InlineData("'networks':[{'mode':'host','labels':{'a':'b'}}]", "/networks")]
    [InlineData("'networks':[{'mode':'container/bridge','name':'x'}]", "/networks")]
    [InlineData("'networks':[{'name':'x'},{'name':'x'}]", "/networks")]
    [InlineData("'networks':[{'mode':'container/bridge'},{'mode':'container/bridge'}]", "/networks")]
    [InlineData("'networks':[{'name':'x'},{'name':'y'}],'container':{'docker':{'image':'i'},'portMappings':[]}", "/networks")]
    [InlineData("'networks':[{'name':'x'}],'container':{'type':'MESOS','portMappings':[{'name':'p'},{'name':'p'}]}", "/container/portMappings")]
    [InlineData("'networks':[{'name':'x'}],'container':{'type':'MESOS','portMappings':[{'networkNames':['y']}]}", "/container/portMappings(0)")]
    [InlineData("'networks':[{'name':'x'},{'name':'y'}],'container':{'type':'MESOS','portMappings':[{'hostPort':0}]}", "/container/portMappings(0)")]
    [InlineData("'container':{'type':'MESOS','docker':{'image':'i','parameters':[{'key':'a','value':'b'}]}}", "/container/docker/parameters")]
    [InlineData("'container':{'docker':{'image':'i'},'linuxInfo':{}}", "/container/linuxInfo")]
    [InlineData("'container':{'type':'MESOS','linuxInfo':{'seccomp':{'unconfined':true,'profileName':'x'}}}", "/container/linuxInfo/seccomp")]
    [InlineData("'container':{'type':'MESOS','linuxInfo':{'ipcInfo':{'mode':'SHARE_PARENT','shmSize':1}}}", "/container/linuxInfo/ipcInfo/shmSize")]
    [InlineData("'container':{'type':'MESOS','docker':{'image':'i','pullConfig':{'secret':'s'}}}", "/container/docker/pullConfig/secret")]
    [InlineData("'secrets':{'s':{'source':'k'}},'container':{'docker':{'image':'i','pullConfig':{'secret':'s'}}}", "/container/docker/pullConfig")]
    [InlineData("'check':{}", "/check")]
    [InlineData("'check':{'tcp':{},'http':{}}", "/check")]
    [InlineData("'check':{'tcp':{'portIndex':3}}", "/check")]
    [InlineData("'check':{'tcp':{}},'container':{'docker':{'image':'i'}}", "/")]
    [InlineData("'healthChecks':[{'portIndex':1}]", "/healthChecks(0)")]
    [InlineData("'portDefinitions':[],'healthChecks':[{}]", "/healthChecks(0)")]
    [InlineData("'healthChecks':[{'protocol':'COMMAND'}]", "/healthChecks(0)")]
    [InlineData("'healthChecks':[{'protocol':'COMMAND','command':{'value':'true'},'path':'/x'}]", "/healthChecks(0)")]
    [InlineData("'healthChecks':[{'command':{'value':'true'}}]", "/healthChecks(0)")]
    [InlineData("'healthChecks':[{'ipProtocol':'IPv6'}]", "/healthChecks(0)")]
    [InlineData("'readinessChecks':[{}]", "/readinessChecks(0)/portName")]
    [InlineData("'readinessChecks':[{'portName':'default','timeoutSeconds':30}]", "/readinessChecks(0)/timeoutSeconds")]
    [InlineData("'readinessChecks':[{'portName':'default','httpStatusCodesForReady':[]}]", "/readinessChecks(0)/httpStatusCodesForReady")]
    [InlineData("'readinessChecks':[{'portName':'default'},{'portName':'default'}]", "/readinessChecks")]
    [InlineData("'acceptedResourceRoles':[]", "/acceptedResourceRoles")]
    [InlineData("'dependencies':['/ok','/Not']", "/dependencies(1)")]
    [InlineData("'secrets':{'s':{'source':''}}", "/secrets/s/source")]
    [InlineData("'env':{'A':{'secret':'s'}}", "/env/A/secret")]
    [InlineData("'env':{'A=B':'x'}", "/env/A=B")]
    [InlineData("'env':{'':'x'}", "/env/")]
    [InlineData("'env':{'A':'x\\u0000'}", "/env/A")]
    [InlineData("'fetch':[{'uri':'with blank'}]", "/fetch(0)/uri")]
    [InlineData("'fetch':[{'uri':'http://x/%zz'}]", "/fetch(0)/uri")]
    [InlineData("'labels':{'DCOS_MIGRATION_API_VERSION':'v2','DCOS_MIGRATION_API_PATH':'/p','DCOS_PACKAGE_FRAMEWORK_NAME':'n'}", "/")]
    [InlineData("'labels':{'DCOS_MIGRATION_API_VERSION':'v1','DCOS_MIGRATION_API_PATH':'/p'}", "/")]
    public void Create_BreachOfARule_IsReportedAtItsPlace(string members, string path) => AssertPlace(members, path);

    [Theory]
    [InlineData("'containerPath':'.','mode':'RW','persistent':{'size':1}", "/containerPath")]
    [InlineData("'containerPath':'d','mode':'RO','persistent':{'size':1}", "/mode")]
    [InlineData("'containerPath':'d','mode':'RW','persistent':{'size':0}", "/persistent/size")]
    [InlineData("'containerPath':'d','mode':'RW','persistent':{'size':1,'maxSize':2}", "/persistent/maxSize")]
    [InlineData("'containerPath':'d','mode':'RW','persistent':{'size':3,'maxSize':2,'type':'mount'}", "/persistent/maxSize")]
    [InlineData("'containerPath':'d','mode':'RW','persistent':{'size':1,'constraints':[['path','LIKE','x']]}", "/persistent/constraints")]
    [InlineData("'containerPath':'d','mode':'RW','persistent':{'size':1,'type':'mount','constraints':[['rack','LIKE','x']]}", "/persistent/constraints(0)")]
    [InlineData("'containerPath':'d','mode':'RW','persistent':{'size':1,'type':'mount','constraints':[['path']]}", "/persistent/constraints(0)")]
    [InlineData("'containerPath':'..','mode':'RW','external':{" + Dvdi + "}", "/containerPath")]
    [InlineData("'containerPath':'d','mode':'RO','external':{" + Dvdi + "}", "/mode")]
    [InlineData("'containerPath':'d','mode':'RW','external':{'provider':'dvdi','options':{'dvdi/driver':'d'}}", "/external/name")]
    [InlineData("'containerPath':'d','mode':'RW','external':{'name':'n'}", "/external/provider")]
    [InlineData("'containerPath':'d','mode':'RW','external':{'name':'n','provider':'nfs'}", "/external/provider")]
    [InlineData("'containerPath':'d','mode':'RW','external':{'name':'n','provider':'dvdi'}", "/external/options(\"dvdi/driver\")")]
    [InlineData("'containerPath':'d','mode':'RW','external':{'name':'n','provider':'dvdi','options':{'dvdi/driver':'d','bad':'x'}}", "/external/options/\"bad\"")]
    [InlineData("'containerPath':'d','mode':'RW','external':{" + Csi + "'SOME'}}}", "/external/options/capability/accessMode")]
    [InlineData("'containerPath':'d','mode':'RW','external':{" + Csi + "'SINGLE_NODE_READER_ONLY'}}}", "/mode")]
    [InlineData("'containerPath':'d','secret':'none'", "/secret")]
    public void Create_VolumeThatBreaksARule_IsReportedAtItsPlace(string volume, string path)
    {
        var lines = Parse.RefusedApp($"{{'id':'/g/a','role':'g','cmd':'sleep 1','container':{{'type':'MESOS','volumes':[{{{volume}}}]}}}}");

        Assert.All(lines, line => Assert.StartsWith($"/container/volumes(0){path} ", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("'containerPath':'d','mode':'RW','external':{'name':'n','provider':'dvdi','size':5,'options':{'dvdi/driver':'d'}}", "/container/volumes(0)/external/size")]
    [InlineData("'containerPath':'d','mode':'RW','external':{'name':'n','provider':'dvdi','options':{'dvdi/driver':'d','dvdi/x':'y'}}", "/container/volumes(0)/external/options")]
    public void Create_DvdiWithDocker_TakesTheDriverOnly(string volume, string path) =>
        AssertPlace($"'cmd':null,'container':{{'docker':{{'image':'i'}},'volumes':[{{{volume}}}]}}", path);

    [Theory]
    [InlineData("SINGLE_NODE_WRITER", "RW", false)]
    [InlineData("MULTI_NODE_MULTI_WRITER", "RW", true)]
    [InlineData("MULTI_NODE_READER_ONLY", "RO", true)]
    [InlineData("MULTI_NODE_SINGLE_WRITER", "RW", false)]
    [InlineData("MULTI_NODE_SINGLE_WRITER", "RO", true)]
    public void Create_SeveralInstancesWithCsi_NeedAShareableMode(string accessMode, string mode, bool taken)
    {
        var made = AppDocuments.Create(Parse.Json($"{{'id':'/a','cmd':'sleep 1','instances':2,'container':{{'type':'MESOS','volumes':[{{'containerPath':'d','mode':'{mode}','external':{{{Csi}'{accessMode}'}}}}}}}}]}}}}"), Parse.Context());

        Assert.Equal(taken, made.Spec is not null);
    }

    [Theory]
    [InlineData("'deployment':{'strategy':'canary','blueGreen':{}}", "/deployment/blueGreen")]
    [InlineData("'deployment':{'progressDeadlineSeconds':3}", "/deployment/progressDeadlineSeconds")]
    [InlineData("'deployment':{'minimumRunSeconds':600}", "/deployment/progressDeadlineSeconds")]
    [InlineData("'deployment':{'strategy':'blueGreen'},'labels':{'MARATHON_SINGLE_INSTANCE_APP':'true'},'upgradeStrategy':{'minimumHealthCapacity':0,'maximumOverCapacity':0}", "/deployment/strategy")]
    [InlineData("'autoscaling':{'minInstances':3,'maxInstances':2,'metric':'cpu','target':80}", "/autoscaling/minInstances")]
    [InlineData("'autoscaling':{'minInstances':1,'maxInstances':2,'metric':'cpu','target':0}", "/autoscaling/target")]
    [InlineData("'autoscaling':{'minInstances':1,'maxInstances':2,'metric':'http','target':8}", "/autoscaling/url")]
    [InlineData("'autoscaling':{'minInstances':1,'maxInstances':2,'metric':'http','target':8,'url':'ftp://x/y'}", "/autoscaling/url")]
    [InlineData("'autoscaling':{'minInstances':1,'maxInstances':2,'metric':'mem','target':8,'url':'http://x/y'}", "/autoscaling/url")]
    [InlineData("'autoscaling':{'minInstances':1,'maxInstances':2,'metric':'mem','target':8,'path':'a.b'}", "/autoscaling/path")]
    [InlineData("'schedule':[{'cron':'* * * *','instances':1}]", "/schedule(0)/cron")]
    [InlineData("'schedule':[{'cron':'0 8 * * *','timezone':'Mars/Olympus','instances':1}]", "/schedule(0)/timezone")]
    public void Create_ExtensionThatBreaksARule_IsReportedAtItsPlace(string members, string path) => AssertPlace(members, path);

    [Fact]
    public void Create_Extensions_AreReadAndWritten()
    {
        Assert.Equal(TimeSpan.FromSeconds(3), Parse.App("{'id':'/a','cmd':'sleep 1','deployment':{'progressDeadlineSeconds':3,'minimumRunSeconds':0}}").Deployment!.ProgressDeadline);
        var app = Parse.App("{'id':'/a','cmd':'sleep 1','deployment':{'strategy':'canary','canary':{'instances':2,'promote':'auto','afterSeconds':5}},'autoscaling':{'minInstances':1,'maxInstances':9,'metric':'http','target':50.5,'url':'http://x/y','path':'a.b'},'schedule':[{'cron':'0 8 * * mon-fri','timezone':'Europe/Berlin','instances':4}]}");

        var read = AppDocument.Read(AppDocument.Write(app));

        Assert.Equal(new DeploymentPolicy { Strategy = DeploymentStrategy.Canary, CanaryInstances = 2, PromoteAutomatically = true, PromoteAfter = TimeSpan.FromSeconds(5) }, read.Deployment);
        Assert.Equal(new(1, 9, ScalingMetric.Http, 50.5, "http://x/y", "a.b", TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(300)), read.Autoscaling);
        Assert.Equal([new("0 8 * * mon-fri", "Europe/Berlin", 4)], read.Schedule);
    }

    [Fact]
    public void Create_OptionsNestedVeryDeep_AreRefused()
    {
        var deep = string.Concat(Enumerable.Repeat("{'a':", 20)) + "1" + new string('}', 20);

        var lines = Parse.RefusedApp("{'id':'/a','cmd':'sleep 1','container':{'type':'MESOS','volumes':[{'containerPath':'d','mode':'RW','external':{" + Csi + "'SINGLE_NODE_WRITER'},'x':" + deep + "}}}]}}");

        Assert.StartsWith("/container/volumes(0)/external/options ", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{'id':'/a','cmd':'x'}", "(3)")]
    [InlineData("{'id':'/a','cmd':'sleep 1','role':'q'}", "(3)/role")]
    [InlineData("{'id':'/a','cmd':'sleep 1','uris':['a'],'fetch':[{'uri':'b'}]}", "(3)/uris")]
    [InlineData("{'cmd':'sleep 1'}", "(3)/id")]
    public void Create_OneOfSeveral_HasItsPlaceBeforeEveryPath(string body, string path) =>
        Assert.StartsWith(path + " ", Assert.Single(Parse.RefusedApp(body, Parse.Context() with { Prefix = "(3)" })), StringComparison.Ordinal);

    [Fact]
    public void Create_ManyBreaches_AreReportedTogether()
    {
        var paths = Parse.RefusedApp("{'id':'/a','cmd':'x','role':'r','acceptedResourceRoles':['q'],'healthChecks':[{'portIndex':9}],'unreachableStrategy':{'inactiveAfterSeconds':2},'dependencies':['-']}")
            .Select(line => line.Split(' ')[0]);

        Assert.Equal(["/dependencies(0)", "/", "/healthChecks(0)", "/role", "/acceptedResourceRoles", "/unreachableStrategy/inactiveAfterSeconds"], paths);
    }

    [Fact]
    public void Create_SecondServiceOfAFrameworkName_IsRefused()
    {
        const string labels = "'labels':{'DCOS_MIGRATION_API_VERSION':'v1','DCOS_MIGRATION_API_PATH':'/p','DCOS_PACKAGE_FRAMEWORK_NAME':'n'}";
        var first = Parse.App($"{{'id':'/a','cmd':'sleep 1',{labels}}}");

        var lines = Parse.RefusedApp($"{{'id':'/b','cmd':'sleep 1',{labels}}}", Parse.Context(tree: ServiceTree.Empty.With(first)));

        Assert.Contains("is used by /a already", Assert.Single(lines), StringComparison.Ordinal);
    }

    private static void AssertPlace(string members, string path)
    {
        var id = members.StartsWith("'id'", StringComparison.Ordinal) ? "" : "'id':'/a',";
        var cmd = members.Contains("'cmd'", StringComparison.Ordinal) ? "" : "'cmd':'sleep 1',";
        var lines = Parse.RefusedApp($"{{{id}{cmd}{members}}}");

        Assert.All(lines, line => Assert.StartsWith(path + " ", line, StringComparison.Ordinal));
        Assert.NotEmpty(lines);
    }
}
