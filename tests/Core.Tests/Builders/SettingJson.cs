using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScaleFunctions.Core.Tests.Builders;

/// <summary>A setting as Azure's API gives it.</summary>
internal static class SettingJson
{
    public static JsonObject Valid() => JsonNode.Parse("""
        {
          "id": "/subscriptions/s-1/resourceGroups/shop/providers/microsoft.insights/autoscalesettings/web-auto",
          "name": "web-auto", "type": "Microsoft.Insights/autoscaleSettings", "location": "westeurope", "tags": { "a": "b" },
          "properties": {
            "enabled": true,
            "name": "web-auto",
            "targetResourceUri": "/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Compute/virtualMachineScaleSets/web",
            "predictiveAutoscalePolicy": { "scaleMode": "ForecastOnly", "scaleLookAheadTime": "PT10M" },
            "notifications": [ { "operation": "Scale", "email": { "customEmails": ["a@example.org"] } } ],
            "profiles": [
              {
                "name": "default",
                "capacity": { "minimum": "2", "maximum": "10", "default": "3" },
                "rules": [
                  {
                    "metricTrigger": {
                      "metricName": "Percentage CPU",
                      "metricResourceUri": "/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Compute/virtualMachineScaleSets/web",
                      "timeGrain": "PT1M", "statistic": "Average", "timeWindow": "PT5M", "timeAggregation": "Average",
                      "operator": "GreaterThan", "threshold": 70.5, "dividePerInstance": false
                    },
                    "scaleAction": { "direction": "Increase", "type": "ChangeCount", "value": "2", "cooldown": "PT10M" }
                  }
                ]
              },
              {
                "name": "{\"name\":\"Auto created default scale condition\",\"for\":\"x\"}",
                "capacity": { "minimum": "1", "maximum": "4", "default": "1" },
                "rules": [],
                "recurrence": {
                  "frequency": "Week",
                  "schedule": { "timeZone": "W. Europe Standard Time", "days": ["Monday", "0"], "hours": [6, 18], "minutes": [30] }
                }
              },
              {
                "name": "day",
                "capacity": { "minimum": "5", "maximum": "5", "default": "5" },
                "rules": [],
                "fixedDate": { "timeZone": "Pacific Standard Time", "start": "2026-12-26T00:00:00Z", "end": "2026-12-26T23:59:00Z" }
              }
            ]
          }
        }
        """)!.AsObject();

    public static JsonElement With(Action<JsonObject> change)
    {
        var setting = Valid();
        change(setting);
        return JsonDocument.Parse(setting.ToJsonString()).RootElement;
    }

    public static JsonObject Properties(this JsonObject setting) => setting["properties"]!.AsObject();

    public static JsonArray Profiles(this JsonObject setting) => setting.Properties()["profiles"]!.AsArray();

    public static JsonObject Trigger(this JsonObject setting) => setting.Profiles()[0]!["rules"]![0]!["metricTrigger"]!.AsObject();

    public static JsonObject Action(this JsonObject setting) => setting.Profiles()[0]!["rules"]![0]!["scaleAction"]!.AsObject();
}
