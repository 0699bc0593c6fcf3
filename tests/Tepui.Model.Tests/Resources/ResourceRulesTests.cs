using Tepui.Model.Resources;
using V1 = Tepui.Protocol.V1;
using ReservationType = Tepui.Protocol.V1.Resource.Types.ReservationInfo.Types.Type;
using SourceType = Tepui.Protocol.V1.Resource.Types.DiskInfo.Types.Source.Types.Type;

namespace Tepui.Model.Tests.Resources;

public sealed class ResourceRulesTests
{
    public static TheoryData<string, V1.Resource> Bad => new()
    {
        { "Resource 'cpus:-1' is invalid: Invalid scalar resource: value <= 0", Wire.Scalar("cpus", -1) },
        { "Resource 'cpus:0' is invalid: Invalid scalar resource: value <= 0", Wire.Scalar("cpus", 0.0001) },
        { "Resource 'cpus:0' is invalid: Invalid scalar resource", new V1.Resource { Name = "cpus", Type = V1.Value.Types.Type.Scalar } },
        { "Resource 'cpus:NaN' is invalid: Invalid scalar resource: value is not a finite number", Wire.Scalar("cpus", double.NaN) },
        { "Resource 'mem:1E+300' is invalid: Invalid scalar resource: value > 1099511627776", Wire.Scalar("mem", 1e300) },
        { "Resource 'ports:[31005-31000]' is invalid: Invalid ranges resource: begin > end", Wire.Ranges("ports", (31005, 31000)) },
        { "Resource 'ports:[5-9, 1-5]' is invalid: Invalid ranges resource: overlapping ranges", Wire.Ranges("ports", (5, 9), (1, 5)) },
        { "Resource 'zones:{a, b, a}' is invalid: Invalid set resource: duplicated elements", Wire.Set("zones", "a", "b", "a") },
        { "Resource 'ports:[1-2]' is invalid: Invalid ranges resource", Wire.Ranges("ports", (1, 2)).With(r => r.Scalar = new() { Value = 1 }) },
        { "Resource ':1' is invalid: Empty resource name", Wire.Scalar("", 1) },
        { "Resource 'x:' is invalid: Unsupported resource type", new V1.Resource { Name = "x", Type = V1.Value.Types.Type.Text } },
        {
            "Resource 'cpus(allocated: ops)(reservations: [(DYNAMIC,)]):0.1' is invalid: Invalid reservation: 'Resource.ReservationInfo.role' field must be set.",
            Wire.Scalar("cpus", 0.1).Reserved(ReservationType.Dynamic, null).Allocated("ops")
        },
        {
            "Resource 'cpus(reservations: [(UNKNOWN,ops)]):0.1' is invalid: Invalid reservation: 'Resource.ReservationInfo.type' field must be set.",
            Wire.Scalar("cpus", 0.1).Reserved(null, "ops")
        },
        {
            "Resource 'cpus(reservations: [(STATIC,*)]):0.1' is invalid: Invalid reservation: role \"*\" cannot be reserved",
            Wire.Scalar("cpus", 0.1).Reserved(ReservationType.Static, "*")
        },
        {
            "Resource 'cpus(reservations: [(DYNAMIC,a),(STATIC,a/b)]):0.1' is invalid: Invalid refined reservation: A refined reservation cannot be STATIC",
            Wire.Scalar("cpus", 0.1).Reserved(ReservationType.Dynamic, "a").Reserved(ReservationType.Static, "a/b")
        },
        {
            "Resource 'cpus(reservations: [(STATIC,a),(DYNAMIC,b)]):0.1' is invalid: Invalid refined reservation: role 'b' is not a refinement of 'a'",
            Wire.Scalar("cpus", 0.1).Reserved(ReservationType.Static, "a").Reserved(ReservationType.Dynamic, "b")
        },
        {
            "Resource 'cpus:0.1' is invalid: Invalid reservation: role \"*\" cannot be dynamically reserved",
            Wire.Scalar("cpus", 0.1).With(r => r.Reservation = new() { Principal = "p" })
        },
        { "Resource 'cpus(reservations: [(STATIC,/a)]):0.1' is invalid: Role '/a' cannot start with a slash", Role(Wire.Scalar("cpus", 0.1), "/a") },
        { "Resource 'cpus[v1:data]:1' is invalid: DiskInfo should not be set for cpus resource", Wire.Volume(1, "v1").With(r => { r.Name = "cpus"; r.Reservations.Clear(); }) },
        { "Resource 'cpus<SHARED>:1' is invalid: Only persistent volumes can be shared", Wire.Scalar("cpus", 1).With(r => r.Shared = new()) },
        {
            "Resource 'disk[RAW(,,)]:1' is invalid: Path should not be set for RAW disk source",
            Wire.Scalar("disk", 1).With(r => r.Disk = new() { Source = new() { Type = SourceType.Raw, Path = new() { Root = "/x" } } })
        },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Problem_OfABadResource_NamesItAndWhatIsWrong(string problem, V1.Resource resource)
    {
        Assert.Equal(problem, ResourceRules.Problem([Wire.Scalar("mem", 32), resource]));
    }

    [Fact]
    public void Problem_OfGoodResources_IsNone()
    {
        Assert.Null(ResourceRules.Problem(
        [
            Wire.Scalar("cpus", 0),
            Wire.Scalar("cpus", 0.0005),
            Wire.Ranges("ports", (5, 9), (1, 4)),
            Wire.Set("zones", "b", "a"),
            Role(Wire.Scalar("mem", 1), "a/b"),
            Role(Wire.Scalar("mem", 1), "a").With(r => r.Reservation = new() { Principal = "p" }),
            Wire.Scalar("mem", 1).Reserved(ReservationType.Static, "a").Reserved(ReservationType.Dynamic, "a/b", "p"),
            Wire.Volume(1, "v", shared: true),
            .. ResourceSet.From([Wire.Volume(1, "v"), Wire.Scalar("cpus", 1).Reserved(ReservationType.Static, "a")]).ToWire(ResourceFormat.Endpoint),
        ]));
    }

#pragma warning disable CS0612 // The older form of reservations is what is tested here.
    private static V1.Resource Role(V1.Resource wire, string role) => wire.With(r => r.Role = role);
#pragma warning restore CS0612
}
