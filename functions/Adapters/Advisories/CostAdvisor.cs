using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Adapters.Limits;
using ScaleFunctions.Core.Advisories;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Adapters.Advisories;

/// <summary>
/// Reads Advisor (learn.microsoft.com/rest/api/advisor/recommendations/list) and reservations
/// (learn.microsoft.com/rest/api/reserved-vm-instances/reservation/list-all). Nothing is kept: it is read on somebody's demand.
/// </summary>
internal sealed class CostAdvisor(ArmPipelines arm) : ICostAdvisor
{
    public async Task<FactReading<IReadOnlyList<CostAdvice>>> ReadAdviceAsync(string subscription, CancellationToken cancellationToken)
    {
        var filter = Uri.EscapeDataString("Category eq 'Cost'");
        return Fact(await LimitReading.ListAsync(
            arm, $"/subscriptions/{Uri.EscapeDataString(subscription)}/providers/Microsoft.Advisor/recommendations?api-version={ApiVersions.Advisor}&$filter={filter}",
            "recommendations", Advice, cancellationToken).ConfigureAwait(false));
    }

    public async Task<FactReading<IReadOnlyList<Reservation>>> ReadReservationsAsync(CancellationToken cancellationToken) =>
        Fact(await LimitReading.ListAsync(
            arm, $"/providers/Microsoft.Capacity/reservations?api-version={ApiVersions.Reservations}", "reservations", Reserved, cancellationToken).ConfigureAwait(false));

    private FactReading<IReadOnlyList<T>> Fact<T>(Reading<IReadOnlyList<T>> reading) => reading.Value is { } value
        ? new FactReading<IReadOnlyList<T>>.Known(value, arm.Connection.Time.GetUtcNow())
        : new FactReading<IReadOnlyList<T>>.Unknown(reading.Problem);

    private static CostAdvice? Advice(JsonElement element)
    {
        if (LimitReading.Member(element, "properties", JsonValueKind.Object) is not { } properties
            || LimitReading.Text(properties, "category") is not "Cost"
            || LimitReading.Member(properties, "resourceMetadata", JsonValueKind.Object) is not { } about
            || LimitReading.Text(about, "resourceId") is not { Length: > 0 } resource
            || LimitReading.Member(properties, "lastUpdated", JsonValueKind.String)?.TryGetDateTimeOffset(out var at) is not true)
        {
            return null;
        }

        var description = LimitReading.Member(properties, "shortDescription", JsonValueKind.Object) ?? default;
        var more = LimitReading.Member(properties, "extendedProperties", JsonValueKind.Object) ?? default;
        return new CostAdvice(
            resource, Line(description, "problem"), Line(description, "solution"), Line(properties, "impact"), at)
        {
            YearlySavings = Savings(more),
            TargetSku = LimitReading.Text(more, "targetSku") is { Length: > 0 } sku ? AzureFaults.OneLine(sku) : null,
        };
    }

    /// <summary>Advisor writes amounts as text, with the currency beside; an amount without one is no amount.</summary>
    private static Money? Savings(JsonElement more) =>
        LimitReading.Text(more, "savingsCurrency") is { Length: 3 } currency
        && decimal.TryParse(LimitReading.Text(more, "annualSavingsAmount"), NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) && amount > 0
            ? new Money(amount, currency.ToUpperInvariant())
            : null;

    private static Reservation? Reserved(JsonElement element)
    {
        if (LimitReading.Member(element, "properties", JsonValueKind.Object) is not { } properties
            || LimitReading.Text(properties, "provisioningState") is not "Succeeded"
            || LimitReading.Member(element, "sku", JsonValueKind.Object) is not { } size || LimitReading.Text(size, "name") is not { Length: > 0 } sku
            || LimitReading.Member(properties, "quantity", JsonValueKind.Number)?.TryGetInt32(out var quantity) is not true)
        {
            return null;
        }

        return new Reservation(
            Line(properties, "displayName"), sku,
            (LimitReading.Text(element, "location") ?? "").Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant(),
            quantity,
            DateOnly.TryParseExact(LimitReading.Text(properties, "expiryDate"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var end) ? end : null)
        {
            Scopes = LimitReading.Texts(properties, "appliedScopes"),
            IsFlexible = LimitReading.Text(properties, "instanceFlexibility") is "On",
        };
    }

    private static string Line(JsonElement owner, string name) => AzureFaults.OneLine(LimitReading.Text(owner, name) ?? "");
}
