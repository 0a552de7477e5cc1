using System.Text.Json;
using System.Text.Json.Serialization;
using ScaleFunctions.Core.Forecasts.Schedules;

namespace ScaleFunctions.Core.Forecasts;

/// <summary>How a fitted forecast is stored between refits. What is calculated from other members is not written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(LoadForecast))]
[JsonSerializable(typeof(Calibration))]
[JsonSerializable(typeof(PredictiveSchedule))]
[JsonSerializable(typeof(ForecastState))]
public sealed partial class ForecastJson : JsonSerializerContext;
