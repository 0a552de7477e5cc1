using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Forecasts;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.State;

/// <summary>
/// What was written by an earlier version lacks what was added since. The generated reader then passes over the initializer of
/// an init-only property, so that a list which is never null in code is null after it was read.
/// </summary>
public sealed class AbsentMembersTests
{
    private static readonly JsonSerializerContext[] Contexts = [StateJson.Default, CycleJson.Default, ForecastJson.Default, FactsJson.Default];

    /// <summary>Each type with members that a context can read: the roots, and what is inside of them.</summary>
    public static TheoryData<Type, Type> Stored()
    {
        var data = new TheoryData<Type, Type>();
        foreach (var context in Contexts)
        {
            foreach (var type in context.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Select(property => property.PropertyType)
                .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(JsonTypeInfo<>))
                .Select(type => type.GetGenericArguments()[0])
                .Where(type => Of(context, type) is { Kind: JsonTypeInfoKind.Object } && !type.IsAbstract))
            {
                data.Add(context.GetType(), type);
            }
        }

        return data;
    }

    [Fact]
    public void The_types_that_are_looked_at_are_those_of_rows_messages_and_forecasts()
    {
        var types = Stored().Select(row => row.Data.Item2).ToList();

        Assert.All(
            new[] { typeof(TargetRow), typeof(FleetRow), typeof(EvaluateRequest), typeof(LedgerEntry), typeof(ObservedTarget), typeof(Calibration) },
            type => Assert.Contains(type, types));
    }

    [Theory]
    [MemberData(nameof(Stored))]
    public void No_collection_is_null_that_was_not_written(Type contextType, Type type)
    {
        var info = Of(Contexts.Single(each => each.GetType() == contextType), type);

        var read = JsonSerializer.Deserialize(Least(info).ToJsonString(), info)!;

        Assert.DoesNotContain(Collections(type), property => property.GetValue(read) is null);
    }

    private static JsonTypeInfo Of(JsonSerializerContext context, Type type) => context.GetTypeInfo(type)!;

    /// <summary>The lists and dictionaries of a type that code takes for never null.</summary>
    private static IEnumerable<PropertyInfo> Collections(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.SetMethod is not null && property.PropertyType != typeof(string)
            && property.PropertyType.IsAssignableTo(typeof(IEnumerable))
            && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.NotNull);

    /// <summary>The shortest JSON of a type: only what its constructor and its required members ask for.</summary>
    private static JsonNode Least(JsonTypeInfo info) => info.Kind switch
    {
        JsonTypeInfoKind.Enumerable => new JsonArray(),
        JsonTypeInfoKind.Dictionary => new JsonObject(),
        JsonTypeInfoKind.Object when info.PolymorphismOptions is { DerivedTypes: [var derived, ..] } && info.Type.IsAbstract => With(
            Least(info.Options.GetTypeInfo(derived.DerivedType)), info.PolymorphismOptions.TypeDiscriminatorPropertyName, $"{derived.TypeDiscriminator}"),
        JsonTypeInfoKind.Object => new JsonObject(
            from property in info.Properties
            where property.IsRequired || property.AssociatedParameter is { IsMemberInitializer: false, HasDefaultValue: false }
            select KeyValuePair.Create<string, JsonNode?>(property.Name, Least(info.Options.GetTypeInfo(property.PropertyType)))),
        _ => Value(Nullable.GetUnderlyingType(info.Type) ?? info.Type),
    };

    private static JsonObject With(JsonNode node, string name, string value)
    {
        var members = node.AsObject().ToDictionary(member => member.Key, member => member.Value?.DeepClone());
        return new JsonObject([KeyValuePair.Create<string, JsonNode?>(name, value), .. members]);
    }

    private static JsonNode Value(Type type) =>
        type == typeof(string) ? "text"
        : type == typeof(TargetId) ? Some.Id().Value
        : type == typeof(DateTimeOffset) ? JsonValue.Create(Some.Noon)
        : type == typeof(TimeSpan) ? "00:05:00"
        : type == typeof(DateOnly) ? "2026-03-02"
        : type == typeof(Uri) ? "https://management.azure.com/operation"
        : type == typeof(bool) ? false
        : type == typeof(JsonElement) ? new JsonObject()
        : type.IsEnum ? Enum.GetNames(type)[0]
        : JsonNode.Parse("1")!;
}
