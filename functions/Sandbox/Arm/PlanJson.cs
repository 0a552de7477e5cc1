using System.Text.Json;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Limits;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Writes a plan as App Service does: what somebody set, and what only Azure knows.</summary>
internal static class PlanJson
{
    public static void Write(Utf8JsonWriter writer, ResourceView view, IReadOnlyList<FaultEffect> faults)
    {
        var hidesTags = faults.OfType<HideTags>().Any();
        var capacity = faults.OfType<ShowCapacity>().FirstOrDefault()?.Capacity ?? view.Capacity;
        writer.WriteStartObject();
        writer.WriteString("id", view.Spec.Id.Value);
        writer.WriteString("name", view.Spec.Id.Name);
        writer.WriteString("type", "Microsoft.Web/serverfarms");
        foreach (var member in view.Document!.Value.EnumerateObject().Where(member => !(hidesTags && member.NameEquals("tags"))))
        {
            switch (member.Name)
            {
                case "sku":
                    WriteObject(writer, member, () => writer.WriteNumber("capacity", capacity));
                    break;
                case "properties":
                    WriteObject(writer, member, () => WriteState(writer, view));
                    break;
                default:
                    member.WriteTo(writer);
                    break;
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>An app of the plan, and on how many instances it is to run.</summary>
    public static void WriteApp(Utf8JsonWriter writer, PlanSpec plan, string name, int workers)
    {
        writer.WriteStartObject();
        writer.WriteString("id", $"/subscriptions/{plan.Id.Subscription}/resourceGroups/{plan.Id.ResourceGroup}/providers/Microsoft.Web/sites/{name}");
        writer.WriteString("name", name);
        writer.WriteString("type", "Microsoft.Web/sites");
        writer.WriteString("location", plan.Region);
        writer.WriteStartObject("properties");
        writer.WriteString("serverFarmId", plan.Id.Value);
        writer.WriteStartObject("siteConfig");
        writer.WriteNumber("numberOfWorkers", workers);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>A size that a plan can have.</summary>
    public static void WriteSize(Utf8JsonWriter writer, PlanSize size)
    {
        writer.WriteStartObject();
        writer.WriteString("resourceType", "Microsoft.Web/serverfarms");
        writer.WriteStartObject("sku");
        writer.WriteString("name", size.Name);
        writer.WriteString("tier", size.Tier);
        writer.WriteEndObject();
        writer.WriteStartObject("capacity");
        writer.WriteNumber("minimum", 1);
        writer.WriteNumber("maximum", size.MostInstances);
        writer.WriteNumber("default", 1);
        writer.WriteString("scaleType", "manual");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteState(Utf8JsonWriter writer, ResourceView view)
    {
        writer.WriteString("status", "Ready");
        writer.WriteString("subscription", view.Spec.Id.Subscription);
        writer.WriteNumber("maximumNumberOfWorkers", ((PlanSpec)view.Spec).MostOf(view.Size));
        writer.WriteNumber("numberOfWorkers", view.Ready);
        writer.WriteString("geoRegion", view.Spec.Region);
        writer.WriteNumber("numberOfSites", ((PlanSpec)view.Spec).Sites);
        writer.WriteString("resourceGroup", view.Spec.Id.ResourceGroup);

        // App Service has another word for it than Compute.
        writer.WriteString("provisioningState", view.ProvisioningState == ProvisioningStates.Updating ? "InProgress" : view.ProvisioningState);
    }

    private static void WriteObject(Utf8JsonWriter writer, JsonProperty member, Action writeMore)
    {
        writer.WriteStartObject(member.Name);
        foreach (var inner in member.Value.EnumerateObject())
        {
            inner.WriteTo(writer);
        }

        writeMore();
        writer.WriteEndObject();
    }
}
