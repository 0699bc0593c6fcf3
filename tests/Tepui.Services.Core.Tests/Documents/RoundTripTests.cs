using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Tests.Documents.Support;

namespace Tepui.Services.Core.Tests.Documents;

/// <summary>Documents put together from alternatives of every member: what is taken is written, read and taken again without a difference.</summary>
public sealed class RoundTripTests
{
    private static readonly string[][] AppMembers =
    [
        ["'cmd':'sleep 1'", "'args':['a','','ü \\\\n']"],
        ["", "'user':'u'", "'tty':true", "'tty':false"],
        ["", "'env':{'B':'','A':'x=y'}", "'env':{'S':{'secret':'s'},'T':'t'},'secrets':{'s':{'source':'k'}}"],
        ["", "'instances':0", "'instances':100000"],
        ["", "'cpus':0.1", "'cpus':0.001", "'cpus':1e2", "'cpus':33.333333333333336"],
        ["", "'mem':0.5,'disk':1024", "'gpus':2"],
        ["", "'resourceLimits':{}", "'resourceLimits':{'cpus':200,'mem':'unlimited'}"],
        ["", "'executor':'//cmd'", "'executor':'/bin/x','executorResources':{'mem':64}"],
        ["", "'constraints':[['rack','GROUP_BY'],['hostname','IS','a.b-c_d/e']]", "'constraints':[['x','LIKE','a|b'],['y','CLUSTER']]"],
        ["", "'acceptedResourceRoles':['*']"],
        ["", "'fetch':[{'uri':'x'},{'uri':'y','extract':false,'destPath':'d'}]", "'uris':['a.zip']"],
        ["", "'portDefinitions':[]", "'ports':[1,0]", "'portDefinitions':[{'labels':{'b':'c','a':'d'}},{'port':9,'protocol':'udp,tcp','name':'n'}]"],
        ["", "'networks':[{'mode':'host'}]", "'networks':[{'name':'n','labels':{'a':'b'}},{'name':'m'}]", "'networks':[{'mode':'container/bridge'}]"],
        ["", "'container':{'type':'MESOS'}", "'container':{'type':'MESOS','docker':{'image':'i','forcePullImage':true},'volumes':[{'containerPath':'a','hostPath':'/b','mode':'RO'}],'linuxInfo':{'ipcInfo':{'mode':'PRIVATE','shmSize':4},'seccomp':{'unconfined':true}}}",
            "'container':{'type':'MESOS','portMappings':[{'containerPort':80,'protocol':'udp','labels':{'x':'y'}},{'servicePort':7,'name':'p'}]}",
            "'container':{'type':'MESOS','volumes':[{'containerPath':'v','mode':'RW','external':{'provider':'dvdi','name':'d','size':5,'options':{'dvdi/driver':'x','dvdi/é':'<>'}}}]}",
            "'container':{'type':'MESOS','volumes':[{'containerPath':'v','mode':'RW','external':{'provider':'csi','name':'d','options':{'pluginName':'p','capability':{'accessType':'mount','accessMode':'MULTI_NODE_MULTI_WRITER'},'n':[1.50,null,{}]}}}]}",
            "'container':{'docker':{'image':'i','privileged':true,'parameters':[{'key':'a','value':''}]}}"],
        ["", "'requirePorts':true"],
        ["", "'healthChecks':[{'protocol':'COMMAND','command':{'value':'true'}},{'port':80,'ignoreHttp1xx':true,'path':'/x'}]", "'healthChecks':[{'protocol':'MESOS_TCP','port':7,'delaySeconds':0}]"],
        ["", "'check':{'exec':{'command':{'argv':['a']}},'delaySeconds':1}", "'check':{'http':{'port':8,'path':'/c','scheme':'HTTPS'}}"],
        ["", "'dependencies':['../x','/y','z']"],
        ["", "'labels':{'z':'','a':'\\\\u0001'}"],
        ["", "'backoffSeconds':0,'backoffFactor':1.15,'maxLaunchDelaySeconds':2147483647"],
        ["", "'upgradeStrategy':{'minimumHealthCapacity':0.34,'maximumOverCapacity':0}"],
        ["", "'unreachableStrategy':'disabled'", "'unreachableStrategy':{}", "'unreachableStrategy':{'expungeAfterSeconds':3}"],
        ["", "'killSelection':'OLDEST_FIRST'", "'taskKillGracePeriodSeconds':0"],
        ["", "'residency':{'relaunchEscalationTimeoutSeconds':5}"],
        ["", "'deployment':{}", "'deployment':{'strategy':'blueGreen','failureThreshold':0,'blueGreen':{'dropOld':false}}", "'deployment':{'strategy':'canary','canary':{'instances':3}}"],
        ["", "'autoscaling':{'minInstances':0,'maxInstances':3,'metric':'mem','target':70.5}", "'schedule':[{'cron':'1 2 3 4 5','instances':0}]"],
    ];

    private static readonly string[][] PodMembers =
    [
        ["", "'labels':{'b':'c','a':''}", "'user':'u'", "'legacySharedCgroups':true"],
        ["", "'environment':{'B':'x','A':''}", "'secrets':{'s':{'source':'k'}},'environment':{'S':{'secret':'s'}}"],
        ["", "'networks':[{'mode':'host'}]", "'networks':[{'mode':'container/bridge'}]", "'networks':[{'name':'n'},{'name':'m','labels':{'a':'b'}}]"],
        ["", "'scaling':{'kind':'fixed','instances':0}"],
        ["", "'scheduling':{'placement':{'constraints':[{'fieldName':'rack','operator':'UNIQUE'},{'fieldName':'x','operator':'MAX_PER','value':'3'}],'acceptedResourceRoles':['*']}}",
            "'scheduling':{'backoff':{'backoff':0.25,'backoffFactor':2,'maxLaunchDelay':7.5},'upgrade':{'minimumHealthCapacity':0.5},'killSelection':'OLDEST_FIRST','unreachableStrategy':'disabled','deployment':{'strategy':'blueGreen'}}"],
        ["", "'executorResources':{'cpus':0.25}", "'linuxInfo':{'ipcInfo':{'mode':'SHARE_PARENT'}}"],
        ["'volumes':[{'name':'v'},{'name':'w','host':'/h'}]"],
    ];

    private static readonly string[][] ContainerMembers =
    [
        ["'exec':{'command':{'shell':'sleep 1'}}", "'exec':{'command':{'argv':['a','']},'overrideEntrypoint':true}", "'image':{'kind':'DOCKER','id':'i','forcePull':false,'labels':{'a':'b'}}"],
        ["'resources':{}", "'resources':{'cpus':0.1,'mem':0.001,'disk':5,'gpus':1}"],
        ["", "'resourceLimits':{'cpus':9,'mem':'unlimited'}"],
        ["", "'endpoints':[{'name':'e','containerPort':80,'labels':{'x':'y'}}]", "'endpoints':[{'name':'e'},{'name':'f','hostPort':31000,'protocol':['udp']}]"],
        ["", "'environment':{'A':'b'}", "'user':'u'", "'tty':true", "'labels':{'b':'','a':'c'}"],
        ["", "'healthCheck':{'exec':{'command':{'shell':'true'}},'gracePeriodSeconds':1}", "'check':{'exec':{'command':{'argv':['true']}}}"],
        ["'volumeMounts':[{'name':'v','mountPath':'a'},{'name':'w','mountPath':'/b','readOnly':true}]"],
        ["", "'artifacts':[{'uri':'a','executable':true}]", "'lifecycle':{'killGracePeriodSeconds':2.5}", "'linuxInfo':{'seccomp':{'profileName':'p'}}"],
    ];

    [Fact]
    public void App_AnyDocumentThatIsTaken_IsReadBackTheSame()
    {
        var taken = 0;
        Prop.ForAll(Documents(AppMembers, "'id':'/g/a'").ToArbitrary(), document =>
        {
            if (AppDocuments.Create(Parse.Json(document), Parse.Context()).Spec is not { } app)
            {
                return true;
            }

            taken++;
            var stored = app with { Version = DateTimeOffset.UnixEpoch.AddDays(9), LastScalingAt = DateTimeOffset.UnixEpoch.AddMilliseconds(7), LastConfigChangeAt = DateTimeOffset.UnixEpoch };
            return Text(AppDocument.Write(AppDocument.Read(AppDocument.Write(stored)))) == Text(AppDocument.Write(stored))
                && SpecComparison.Same(app, Parse.Taken(AppDocuments.Create(JsonNode.Parse(AppDocument.Write(app)), Parse.Context())));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

        Assert.True(taken > 100, $"only {taken} documents were taken");
    }

    [Fact]
    public void Pod_AnyDocumentThatIsTaken_IsReadBackTheSame()
    {
        var taken = 0;
        var documents = from container in Documents(ContainerMembers, "'name':'c'") from pod in Documents(PodMembers, "'id':'/p','containers':[" + container + "]") select pod;
        Prop.ForAll(documents.ToArbitrary(), document =>
        {
            if (PodDocuments.Create(Parse.Json(document), Parse.Context()).Spec is not { } pod)
            {
                return true;
            }

            taken++;
            var stored = pod with { Version = DateTimeOffset.UnixEpoch.AddDays(9), LastScalingAt = DateTimeOffset.UnixEpoch.AddMilliseconds(7), LastConfigChangeAt = DateTimeOffset.UnixEpoch };
            return Text(PodDocument.Write(PodDocument.Read(PodDocument.Write(stored)))) == Text(PodDocument.Write(stored))
                && SpecComparison.Same(pod, Parse.Taken(PodDocuments.Create(JsonNode.Parse(PodDocument.Write(pod)), Parse.Context())));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

        Assert.True(taken > 100, $"only {taken} documents were taken");
    }

    private static Gen<string> Documents(string[][] members, string fixedMembers) =>
        from choices in Gen.CollectToArray(members, alternatives => Gen.Elements(alternatives))
        select "{" + string.Join(',', choices.Where(choice => choice.Length > 0).Prepend(fixedMembers)) + "}";

    private static string Text(byte[] document) => Encoding.UTF8.GetString(document);
}
