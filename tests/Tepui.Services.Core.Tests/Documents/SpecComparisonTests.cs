using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Documents.Support;

namespace Tepui.Services.Core.Tests.Documents;

public sealed class SpecComparisonTests
{
    private const string Base = "'id':'/a'";

    [Theory]
    [InlineData("'instances':7")]
    [InlineData("'executorResources':{}")]
    [InlineData("'deployment':{'strategy':'canary'}")]
    [InlineData("'autoscaling':{'minInstances':1,'maxInstances':2,'metric':'cpu','target':5}")]
    [InlineData("'schedule':[{'cron':'* * * * *','instances':1}]")]
    public void SameConfiguration_WhatNeedsNoNewInstances_IsTheSame(string member)
    {
        var (before, after) = (Parse.App($"{{{Base},'cmd':'sleep 1'}}"), Parse.App($"{{{Base},'cmd':'sleep 1',{member}}}"));

        Assert.True(SpecComparison.SameConfiguration(before, after));
        Assert.False(SpecComparison.Same(before, after));
    }

    [Theory]
    [InlineData("'cmd':'sleep 2'")]
    [InlineData("'args':['sleep','1']")]
    [InlineData("'cmd':'sleep 1','user':'u'")]
    [InlineData("'cmd':'sleep 1','env':{'A':'b'}")]
    [InlineData("'cmd':'sleep 1','cpus':2")]
    [InlineData("'cmd':'sleep 1','mem':2")]
    [InlineData("'cmd':'sleep 1','disk':2")]
    [InlineData("'cmd':'sleep 1','gpus':2")]
    [InlineData("'cmd':'sleep 1','executor':'//cmd'")]
    [InlineData("'cmd':'sleep 1','constraints':[['rack','UNIQUE']]")]
    [InlineData("'cmd':'sleep 1','fetch':[{'uri':'x'}]")]
    [InlineData("'cmd':'sleep 1','portDefinitions':[]")]
    [InlineData("'cmd':'sleep 1','requirePorts':true")]
    [InlineData("'cmd':'sleep 1','backoffSeconds':2")]
    [InlineData("'cmd':'sleep 1','backoffFactor':2")]
    [InlineData("'cmd':'sleep 1','maxLaunchDelaySeconds':2")]
    [InlineData("'cmd':'sleep 1','container':{'type':'MESOS'}")]
    [InlineData("'cmd':'sleep 1','healthChecks':[{}]")]
    [InlineData("'cmd':'sleep 1','readinessChecks':[{'portName':'default'}]")]
    [InlineData("'cmd':'sleep 1','check':{'tcp':{}}")]
    [InlineData("'cmd':'sleep 1','taskKillGracePeriodSeconds':2")]
    [InlineData("'cmd':'sleep 1','dependencies':['/b']")]
    [InlineData("'cmd':'sleep 1','upgradeStrategy':{'minimumHealthCapacity':0,'maximumOverCapacity':0}")]
    [InlineData("'cmd':'sleep 1','labels':{'a':'b'}")]
    [InlineData("'cmd':'sleep 1','acceptedResourceRoles':['*']")]
    [InlineData("'cmd':'sleep 1','networks':[{'name':'n'}]")]
    [InlineData("'cmd':'sleep 1','secrets':{'s':{'source':'k'}}")]
    [InlineData("'cmd':'sleep 1','unreachableStrategy':'disabled'")]
    [InlineData("'cmd':'sleep 1','killSelection':'OLDEST_FIRST'")]
    [InlineData("'cmd':'sleep 1','tty':true")]
    [InlineData("'cmd':'sleep 1','resourceLimits':{'mem':'unlimited'}")]
    public void SameConfiguration_WhatNeedsNewInstances_Differs(string members) =>
        Assert.False(SpecComparison.SameConfiguration(Parse.App($"{{{Base},'cmd':'sleep 1'}}"), Parse.App($"{{{Base},{members}}}")));

    [Fact]
    public void SameConfiguration_Role_Differs()
    {
        var app = Parse.App("{'id':'/g/a','cmd':'sleep 1'}");

        Assert.False(SpecComparison.SameConfiguration(app, app with { Role = "g" }));
    }

    [Fact]
    public void Same_OrderOfMapsAndVersions_DoesNotCount()
    {
        var one = Parse.App("{'id':'/a','cmd':'sleep 1','env':{'A':'1','B':'2'},'labels':{'x':'1','y':'2'}}");
        var other = Parse.App("{'id':'/a','cmd':'sleep 1','labels':{'y':'2','x':'1'},'env':{'B':'2','A':'1'}}");

        Assert.True(SpecComparison.Same(one, other with { Version = DateTimeOffset.UnixEpoch, LastConfigChangeAt = DateTimeOffset.UnixEpoch }));
    }

    [Fact]
    public void SameConfiguration_OrderOfDependencies_DoesNotCount()
    {
        var app = Parse.App("{'id':'/a','cmd':'sleep 1'}");

        Assert.True(SpecComparison.SameConfiguration(app with { Dependencies = [new("/b"), new("/c")] }, app with { Dependencies = [new("/c"), new("/b")] }));
    }

    [Fact]
    public void SameConfiguration_Pods_AreToldApartLikeApps()
    {
        const string pod = "{'id':'/p','scaling':{'kind':'fixed','instances':%},'containers':[{'name':'a','resources':{},'exec':{'command':{'shell':'#'}}}]}";
        var before = Pod("1", "sleep 1");

        Assert.True(SpecComparison.SameConfiguration(before, Pod("3", "sleep 1")));
        Assert.False(SpecComparison.Same(before, Pod("3", "sleep 1")));
        Assert.False(SpecComparison.SameConfiguration(before, Pod("1", "sleep 2")));
        Assert.False(SpecComparison.Same(before, Parse.App("{'id':'/p','cmd':'sleep 1'}")));

        PodSpec Pod(string instances, string shell) => Parse.Pod(pod.Replace("%", instances, StringComparison.Ordinal).Replace("#", shell, StringComparison.Ordinal));
    }
}
