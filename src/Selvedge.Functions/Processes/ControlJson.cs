using System.Text.Json;
using System.Text.Json.Serialization;

namespace Selvedge.Functions.Processes;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(HostMessage))]
[JsonSerializable(typeof(ServerMessage))]
[JsonSerializable(typeof(StartMessage))]
internal sealed partial class ControlJson : JsonSerializerContext;
