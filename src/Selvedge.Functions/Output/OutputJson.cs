using System.Text.Json;
using System.Text.Json.Serialization;

namespace Selvedge.Functions.Output;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ConsoleRecordJson))]
internal sealed partial class OutputJson : JsonSerializerContext;
