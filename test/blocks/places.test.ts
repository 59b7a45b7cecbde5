import assert from 'node:assert/strict';
import { createPlaces } from '../../src/blocks/places.ts';

describe('places', () => {
  it('are so many for each key, and each is given back once', () => {
    const places = createPlaces(2);
    const [first, second] = [places.enter('a'), places.enter('a')];
    assert.ok(first && second);
    assert.equal(places.enter('a'), undefined);
    assert.ok(places.enter('b'), 'another key has places of its own');
    first();
    first();
    assert.ok(places.enter('a'));
    assert.equal(places.enter('a'), undefined, 'a place that was given back twice counts once');
  });
});
