using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScaleFunctions.Adapters.Storage;

/// <summary>JSON of the small files beside the store.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(WorkerLockHolder))]
internal sealed partial class StorageJson : JsonSerializerContext;
