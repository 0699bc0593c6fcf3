using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Documents.Support;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Tests.Documents;

public sealed class PodRulesTests
{
    private const string Container = "'name':'a','resources':{'cpus':0.1,'mem':8},'exec':{'command':{'shell':'sleep 1'}}";

    [Theory]
    [InlineData("'resources':{}", "/containers(0)/name error.path.missing")]
    [InlineData("'name':'a'", "/containers(0)/resources error.path.missing")]
    [InlineData("'name':'_app','resources':{}", "/containers(0)/name error.pattern")]
    [InlineData("'name':'a','resources':{'cpus':0}", "/containers(0)/resources/cpus error.min")]
    [InlineData("'name':'a','resources':{},'exec':{'command':{}}", "/containers(0)/exec/command/argv error.path.missing")]
    [InlineData("'name':'a','resources':{},'exec':{'command':'ls'}", "/containers(0)/exec/command error.expected.jsobject")]
    [InlineData("'name':'a','resources':{},'environment':{'1A':'x'}", "/containers(0)/environment/1A error.pattern")]
    [InlineData("'name':'a','resources':{},'environment':{'A':7}", "/containers(0)/environment/A error.expected.jsstring")]
    [InlineData("'name':'a','resources':{},'image':{'kind':'APPC','id':'x'}", "/containers(0)/image/kind error.unknown.enum.literal")]
    [InlineData("'name':'a','resources':{},'endpoints':[{'name':'e','containerPort':0}]", "/containers(0)/endpoints(0)/containerPort error.min")]
    [InlineData("'name':'a','resources':{},'endpoints':[{'name':'e','protocol':['-']}]", "/containers(0)/endpoints(0)/protocol(0) error.pattern")]
    [InlineData("'name':'a','resources':{},'endpoints':[{'name':'e','protocol':[]}]", "/containers(0)/endpoints(0)/protocol error.minLength")]
    public void Create_ContainerOfTheWrongShape_IsRefused(string container, string expected) =>
        Assert.Contains(expected, Parse.RefusedPod($"{{'id':'/p','containers':[{{{container}}}]}}"));

    [Fact]
    public void Create_LongestTaskIdAboveTheLimit_CountsTheLongestContainerName()
    {
        var name = new string('c', 63);
        var longest = "/" + new string('p', 134);

        Assert.Equal(255, $"{Parse.Pod(Pod(longest)).Id.Underscored}.instance-{Guid.Empty}.{name}.{int.MaxValue}".Length);
        Assert.Equal(["/id has 135 bytes without the first slash; at most 134 are allowed, so that task ids have at most 255"], Parse.RefusedPod(Pod(longest + "p")));

        string Pod(string id) => $"{{'id':'{id}','containers':[{{{Container}}},{{{Container.Replace("'a'", $"'{name}'", StringComparison.Ordinal)}}}]}}";
    }

    [Fact]
    public void Create_CountAboveTheLimit_IsRefused() =>
        Assert.Equal(["/scaling/instances must be at most 100000, not 100001: an app or pod has no more instances"], Parse.RefusedPod($"{{'id':'/p','scaling':{{'kind':'fixed','instances':100001}},'containers':[{{{Container}}}]}}"));

    [Theory]
    [InlineData("'name':'a','resources':{}", "/containers(0)")]
    [InlineData(Container + ",'resourceLimits':{'cpus':0.05,'mem':'unlimited'}", "/containers(0)/resourceLimits/cpus")]
    [InlineData(Container + ",'environment':{'A':{'secret':'none'}}", "/containers(0)/environment/A/secret")]
    [InlineData(Container + ",'artifacts':[{'uri':'not a uri'}]", "/containers(0)/artifacts(0)/uri")]
    [InlineData(Container + ",'healthCheck':{}", "/containers(0)/healthCheck")]
    [InlineData(Container + ",'healthCheck':{'http':{'endpoint':'nope'}}", "/containers(0)/healthCheck/http/endpoint")]
    [InlineData(Container + ",'healthCheck':{'timeoutSeconds':60,'exec':{'command':{'shell':'true'}}}", "/containers(0)/healthCheck/timeoutSeconds")]
    [InlineData(Container + ",'check':{'tcp':{'endpoint':'nope'}}", "/containers(0)/check/tcp/endpoint")]
    [InlineData(Container + ",'check':{'tcp':{'endpoint':'e'},'exec':{'command':{'shell':'true'}}},'endpoints':[{'name':'e'}]", "/containers(0)/check")]
    [InlineData(Container + ",'endpoints':[{'name':'e'},{'name':'e'}]", "/containers")]
    [InlineData(Container + ",'endpoints':[{'name':'e','hostPort':8080},{'name':'f','hostPort':8080}]", "/containers")]
    [InlineData(Container + ",'linuxInfo':{'seccomp':{}}", "/containers(0)/linuxInfo/seccomp")]
    [InlineData(Container + ",'linuxInfo':{'ipcInfo':{'mode':'SHARE_PARENT','shmSize':4}}", "/containers(0)/linuxInfo/ipcInfo/shmSize")]
    public void Create_ContainerThatBreaksARule_IsReportedAtItsPlace(string container, string path) =>
        Assert.StartsWith(path + " ", Assert.Single(Parse.RefusedPod($"{{'id':'/p','containers':[{{{container}}}]}}")), StringComparison.Ordinal);

    [Theory]
    [InlineData("'networks':[{'mode':'host'}]", ",'endpoints':[{'name':'e','containerPort':80}]", "/containers(0)/endpoints(0)/containerPort")]
    [InlineData("'networks':[{'name':'n'}]", ",'endpoints':[{'name':'e'}]", "/containers(0)/endpoints(0)/containerPort")]
    [InlineData("'networks':[{'name':'n'}]", ",'endpoints':[{'name':'e','containerPort':80,'networkNames':['m']}]", "/containers(0)/endpoints(0)")]
    [InlineData("'networks':[{'name':'n'},{'name':'m'}]", ",'endpoints':[{'name':'e','containerPort':80,'hostPort':0}]", "/containers(0)/endpoints(0)")]
    [InlineData("'networks':[{'mode':'host'},{'name':'n'}]", "", "/networks")]
    [InlineData("'networks':[{'mode':'container'}]", "", "/networks")]
    [InlineData("'role':'other'", "", "/role")]
    [InlineData("'linuxInfo':{'seccomp':{'unconfined':true}}", "", "/linuxInfo/seccomp")]
    [InlineData("'legacySharedCgroups':true", ",'resourceLimits':{'cpus':1}", "/legacySharedCgroups")]
    [InlineData("'scheduling':{'placement':{'constraints':[{'fieldName':'rack','operator':'MAX_PER','value':'x'}]}}", "", "/scheduling/placement/constraints(0)")]
    [InlineData("'scheduling':{'placement':{'acceptedResourceRoles':['x']}}", "", "/scheduling/placement/acceptedResourceRoles")]
    [InlineData("'scheduling':{'unreachableStrategy':{'inactiveAfterSeconds':2,'expungeAfterSeconds':1}}", "", "/scheduling/unreachableStrategy/inactiveAfterSeconds")]
    [InlineData("'scheduling':{'deployment':{'canary':{}}}", "", "/scheduling/deployment/canary")]
    [InlineData("'volumes':[{'name':'v','host':'/x','secret':'s'}],'secrets':{'s':{'source':'k'}}", ",'volumeMounts':[{'name':'v','mountPath':'p'}]", "/volumes(0)")]
    [InlineData("'volumes':[{'name':'v','secret':'s'}]", ",'volumeMounts':[{'name':'v','mountPath':'p'}]", "/volumes(0)/secret")]
    [InlineData("'volumes':[{'name':'v'},{'name':'v'}]", ",'volumeMounts':[{'name':'v','mountPath':'p'}]", "/volumes")]
    [InlineData("'secrets':{'s':{'source':''}}", "", "/secrets/s/source")]
    public void Create_PodThatBreaksARule_IsReportedAtItsPlace(string members, string container, string path) =>
        Assert.StartsWith(path + " ", Assert.Single(Parse.RefusedPod($"{{'id':'/p',{members},'containers':[{{{Container}{container}}}]}}")), StringComparison.Ordinal);

    [Fact]
    public void Create_PersistentVolume_MakesThePodResident()
    {
        var pod = Parse.Pod(Resident("'size':64", "'mem':8"));

        Assert.True(pod.IsResident);
        Assert.Null(pod.Unreachable);
        Assert.Equal(new(0.5, 0), pod.Upgrade);
        Assert.Equal("root", pod.Volumes[0].Persistent!.Type);
    }

    [Theory]
    [InlineData("'size':128", "'mem':8", "/ persistent volumes must not change")]
    [InlineData("'size':64", "'mem':16", "/ resources must not change")]
    public void Create_ChangeOfAResidentPod_IsRefused(string size, string mem, string expected)
    {
        var tree = ServiceTree.Empty.With(Parse.Pod(Resident("'size':64", "'mem':8")));

        Assert.StartsWith(expected, Assert.Single(Parse.RefusedPod(Resident(size, mem), Parse.Context(tree: tree))), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WordsInAnotherCase_AreTakenAndSpelledRight()
    {
        var pod = Parse.Pod("{'id':'/p','networks':[{'mode':'HOST'}],'scaling':{'kind':'Fixed'},'scheduling':{'killSelection':'oldest_first','unreachableStrategy':'Disabled','placement':{'acceptedResourceRoles':[],'constraints':[{'fieldName':'x','operator':'unique'}]}},'containers':[{'name':'a','resources':{},'image':{'kind':'docker','id':'i'},'endpoints':[{'name':'e'}],'healthCheck':{'http':{'endpoint':'e','scheme':'http'}}}]}");

        Assert.Equal("HTTP", pod.Containers[0].HealthCheck!.HttpScheme);
        Assert.Equal("DOCKER", pod.Containers[0].Image!.Kind);
        Assert.Equal(KillSelection.OldestFirst, pod.KillSelection);
        Assert.Equal(ConstraintOperator.Unique, pod.Constraints[0].Operator);
        Assert.Equal(NetworkMode.Host, pod.Networks[0].Mode);
        Assert.Null(pod.Unreachable);
        Assert.Null(pod.AcceptedResourceRoles);
    }

    [Fact]
    public void Create_SecretWhileTheFeatureIsOff_IsRefused()
    {
        var lines = Parse.RefusedPod($"{{'id':'/p','secrets':{{'s':{{'source':'k'}}}},'environment':{{'A':{{'secret':'s'}}}},'containers':[{{{Container}}}]}}", Parse.Context(new ServicesOptions()));

        Assert.Equal(["/secrets the feature secrets is not enabled", "/environment the feature secrets is not enabled"], lines);
    }

    [Fact]
    public void Create_ContainerNetwork_LeavesHostPortsUnmapped()
    {
        var pod = Parse.Pod($"{{'id':'/p','networks':[{{'name':'n'}}],'containers':[{{{Container},'endpoints':[{{'name':'e','containerPort':80}}]}}]}}");

        Assert.Null(pod.Containers[0].Endpoints[0].HostPort);
        Assert.Equal(["tcp"], pod.Containers[0].Endpoints[0].Protocols);
    }

    private static string Resident(string size, string mem) =>
        $"{{'id':'/g/p','role':'g','containers':[{{'name':'a','resources':{{{mem}}},'exec':{{'command':{{'shell':'sleep 1'}}}},'volumeMounts':[{{'name':'v','mountPath':'data'}}]}}],'volumes':[{{'name':'v','persistent':{{{size}}}}}]}}";
}
