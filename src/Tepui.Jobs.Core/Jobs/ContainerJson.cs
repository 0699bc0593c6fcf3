using System.Text.Json.Serialization;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Jobs;

/// <summary>Containers as the store has them.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ContainerSpec))]
internal sealed partial class ContainerJson : JsonSerializerContext;
